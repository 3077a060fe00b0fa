"""查卷申诉: ask for a review of a result, and answer."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction

from exams import queries
from exams.actions.settle import Occasion, settle
from exams.models import Appeal, Attempt, Marking, ScoreChange
from exams.rules import appealing, marking
from lms.journal import actions as journal
from lms.notices import actions as notices
from lms.people import access
from lms.people.models import Person

State = Appeal.State


class NotOpen(Exception):
    """The time for it is over, or this is being reviewed or answered already."""


@transaction.atomic
def appeal(*, attempt: Attempt, position: int | None, reason: str, at: datetime) -> Appeal:
    """The taker asks. Raises NotOpen; ValueError without a reason."""
    if not reason.strip():
        raise ValueError("a request for review needs a reason")
    held = queries.locked_attempt(pk=attempt.pk)
    under_way = Appeal.objects.filter(attempt=held, state=State.OPEN).exists()
    if under_way or not appealing.is_open(held.released_at, held.exam.appeal_days, at=at):
        raise NotOpen
    sent = Appeal.objects.create(attempt=held, position=position, reason=reason.strip(), sent_at=at)
    _write("appeal-sent", sent, held.person, at)
    for examiner in access.holders(access.Perm.EXAMS_MANAGE, within=held.exam.unit, at=at).exclude(pk=held.person_id):
        context = {"appeal": str(sent.uuid), "name": held.person.name, "title": held.exam.title}
        notices.send("appeal_sent", to=examiner, context=context, key=f"appeal:{sent.pk}:{examiner.pk}", at=at)
    return sent


@transaction.atomic
def decline(*, appeal: Appeal, answer: str, by: Person, at: datetime) -> None:
    """Nothing changes; the answer says why. Raises NotOpen; ValueError without an answer."""
    queries.locked_attempt(pk=appeal.attempt_id)
    _answer(appeal, State.DECLINED, answer, by, at)


@transaction.atomic
def uphold(
    *, appeal: Appeal, position: int, points: Decimal, answer: str, by: Person, at: datetime
) -> ScoreChange | None:
    """Give one question other points, from 0 to what it is worth. Raises NotOpen; ValueError for other points."""
    attempt = queries.locked_attempt(pk=appeal.attempt_id)
    item = attempt.items.get(position=position)
    if not 0 <= points <= item.points:
        raise ValueError("points that the question does not have")
    _answer(appeal, State.UPHELD, answer, by, at)
    Marking.objects.create(
        item=item, marker=by, round=marking.Round.REVIEW, points=points, comment=answer.strip(), at=at
    )
    return settle(attempt=attempt, occasion=Occasion(ScoreChange.Cause.REVIEWED, by, at, answer.strip()[:500]))


def _answer(appeal: Appeal, state: str, answer: str, by: Person, at: datetime) -> None:
    if not answer.strip():
        raise ValueError("an answer is needed")
    facts = {"state": state, "answer": answer.strip(), "answered_by": by, "answered_at": at}
    if not Appeal.objects.filter(pk=appeal.pk, state=State.OPEN).update(**facts):
        raise NotOpen
    appeal.refresh_from_db()
    _write("appeal-answered", appeal, by, at)
    attempt = appeal.attempt
    context = {
        "attempt": str(attempt.uuid),
        "title": attempt.exam.title,
        "answer": appeal.answer,
        "upheld": state == State.UPHELD,
    }
    notices.send("appeal_answered", to=attempt.person, context=context, key=f"appeal-answered:{appeal.pk}", at=at)


def _write(kind: str, appeal: Appeal, by: Person, at: datetime) -> None:
    attempt = appeal.attempt
    journal.write(
        kind,
        by=by,
        about=attempt.person,
        unit=attempt.exam.unit,
        at=at,
        payload={"appeal": appeal.pk, "attempt": attempt.pk, "state": appeal.state},
    )
