"""Start a sitting: decide, draw, freeze."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from random import Random

from django.db import transaction

from exams import queries, rules, types
from exams.actions.drawing import Sheet, sheet_for
from exams.models import Attempt, AttemptItem, Exam, QuestionVersion, Seat
from exams.queries import eligibility, seating
from exams.types.score_sheet import ScoreSheet
from lms.people.models import Person
from lms.records import as_of_then
from lms.records.models import Enrolment


@dataclass(frozen=True)
class NotAllowed(Exception):
    """Nobody may start now, and why."""

    reason: rules.WhyNot


@dataclass(frozen=True)
class MustClose(Exception):
    """An earlier sitting is over but not closed yet: close it first, in its own transaction, then start again."""

    attempt: int


@transaction.atomic(savepoint=False)
def start_attempt(
    *,
    exam: Exam,
    person: Person,
    enrolment: Enrolment,
    at: datetime,
    random: Random | None = None,
    seat: Seat | None = None,
    assessed: bool = False,
    banks: Collection[int] | None = None,
) -> tuple[Attempt, bool]:
    """The person's open attempt and whether it is new.

    The caller holds the lock on the enrolment (`queries.locked_enrolment`), which makes the limit exact; an exam that
    is sat in sessions needs the `seat` the enrolment has, read under that lock. `assessed`: an assessor is there and
    begins it, who needs no code and no hour; what is nothing but score sheets begins in no other way. With `banks` the
    paper is drawn from these alone. Raises `NotAllowed`, `MustClose`, or `drawing.Infeasible` when the banks have
    become too small.
    """
    history = queries.history(exam, enrolment)
    if history.open:
        if rules.is_over(history.open.deadline, at):
            raise MustClose(history.open.pk)
        return history.open, False
    why_not = rules.why_not_start(
        queries.window(exam, history),
        history.sat,
        course_open=enrolment.state == Enrolment.State.OPEN,
        at=at,
        asks=eligibility.asks(exam),
        studied=eligibility.studied(exam, enrolment, at=at),
    )
    if exam.in_sessions and not assessed:
        why_not = why_not or rules.why_not_sit(seating.place(seat), at)
    if why_not:
        raise NotAllowed(why_not)
    random = random or Random()
    sheet = sheet_for(exam.blueprint, enrolment, history.finished, random, banks=banks)
    if not assessed and all(version.type == ScoreSheet.key for version, _points in sheet.questions):
        raise NotAllowed(rules.WhyNot.ASSESSED)
    return _begin(exam, person, enrolment, len(history.finished), sheet, at, random, seat), True


def _begin(
    exam: Exam,
    person: Person,
    enrolment: Enrolment,
    sat: int,
    sheet: Sheet,
    at: datetime,
    random: Random,
    seat: Seat | None,
) -> Attempt:
    questions = list(sheet.questions)
    if exam.blueprint.shuffle_questions:
        random.shuffle(questions)
    attempt = Attempt.objects.create(
        exam=exam,
        person=person,
        enrolment=enrolment,
        number=sat + 1,
        seat=seat,
        paper=sheet.paper,
        started_at=at,
        deadline=_deadline(exam, seat, at),
        max_score=sum(points for _, points in questions),
        **as_of_then.snapshot(person),
    )
    AttemptItem.objects.bulk_create(_frozen(attempt, questions, random if exam.blueprint.shuffle_options else None))
    return attempt


def _deadline(exam: Exam, seat: Seat | None, at: datetime) -> datetime:
    place = seating.place(seat)
    if place is None:
        return rules.deadline(at, exam.minutes, exam.closes_at)
    return rules.deadline(at, exam.minutes + place.extra, place.closes_at)


def _frozen(
    attempt: Attempt, questions: Sequence[tuple[QuestionVersion, Decimal]], random: Random | None
) -> list[AttemptItem]:
    """The questions of this paper, with the options in the order this person will see."""
    return [
        AttemptItem(
            attempt=attempt,
            position=position,
            version=version,
            points=points,
            order=types.get(version.type).shuffled(version.content, random),
        )
        for position, (version, points) in enumerate(questions, 1)
    ]
