"""Start a sitting: decide, draw, freeze."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from random import Random

from django.db import transaction

from exams import drawing, queries, rules, types
from exams.models import Attempt, AttemptItem, Exam, QuestionVersion
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
    *, exam: Exam, person: Person, enrolment: Enrolment, at: datetime, random: Random | None = None
) -> tuple[Attempt, bool]:
    """The person's open attempt and whether it is new.

    The caller holds the lock on the enrolment (`queries.locked_enrolment`), which makes the limit exact. Raises
    `NotAllowed`, `MustClose`, or `drawing.Infeasible` when the banks have become too small.
    """
    history = queries.history(exam, enrolment)
    if history.open:
        if rules.is_over(history.open.deadline, at):
            raise MustClose(history.open.pk)
        return history.open, False
    why_not = rules.why_not_start(
        queries.window(exam, history), history.sat, course_open=enrolment.state == Enrolment.State.OPEN, at=at
    )
    if why_not:
        raise NotAllowed(why_not)
    return _begin(exam, person, enrolment, len(history.sat) + 1, at, random or Random()), True


def _begin(exam: Exam, person: Person, enrolment: Enrolment, number: int, at: datetime, random: Random) -> Attempt:
    wanted = queries.blueprint_rules(exam.blueprint_id)
    paper = drawing.draw(wanted, queries.candidates(wanted), random)
    if exam.blueprint.shuffle_questions:
        random.shuffle(paper)
    attempt = Attempt.objects.create(
        exam=exam,
        person=person,
        enrolment=enrolment,
        number=number,
        started_at=at,
        deadline=rules.deadline(at, exam.minutes, exam.closes_at),
        max_score=sum(drawn.points for drawn in paper),
        **as_of_then.snapshot(person),
    )
    AttemptItem.objects.bulk_create(_frozen(attempt, paper, random if exam.blueprint.shuffle_options else None))
    return attempt


def _frozen(attempt: Attempt, paper: Sequence[drawing.Drawn], random: Random | None) -> list[AttemptItem]:
    """The questions of this paper, with the options in the order this person will see."""
    versions = QuestionVersion.objects.in_bulk([drawn.version for drawn in paper])
    return [
        AttemptItem(
            attempt=attempt,
            position=position,
            version_id=drawn.version,
            points=drawn.points,
            order=types.get(versions[drawn.version].type).shuffled(versions[drawn.version].content, random),
        )
        for position, drawn in enumerate(paper, 1)
    ]
