"""Move a session or call it off, before anybody has begun the exam in it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from exams.actions.sessions import Cancelled, InUse, SessionPlan
from exams.models import ExamSession
from exams.queries import board
from lms.journal import actions as journal
from lms.people.models import Person
from lms.records.models import Enrolment


@dataclass(frozen=True)
class TooSmall(Exception):
    """There are people on seats up to this number; nothing was changed."""

    highest: int


@transaction.atomic
def change_session(
    *, session: ExamSession, plan: SessionPlan, invigilators: Collection[Person], by: Person, at: datetime
) -> None:
    """Another time, room, size or other invigilators. Raises `InUse`, `TooSmall`, `Cancelled`.

    Who is seated is told of another time or room, invigilators too.
    """
    held = _unused(session)
    highest = held.seats.taken().aggregate(last=Max("number"))["last"] or 0
    if plan.capacity < highest:
        raise TooSmall(highest)
    moved = (plan.begins_at, plan.ends_at, plan.room) != (held.begins_at, held.ends_at, held.room)
    before = set(held.invigilators.values_list("pk", flat=True))
    ExamSession.objects.filter(pk=held.pk).update(**vars(plan))
    held.invigilators.set(invigilators)
    new = sorted({person.pk for person in invigilators} - before)
    payload = {"session": held.pk, "moved": moved, "invigilators": new, "begins_at": plan.begins_at.isoformat()}
    journal.write("session-changed", by=by, unit=held.exam.unit, at=at, payload=payload)


@transaction.atomic
def cancel_session(*, session: ExamSession, reason: str, by: Person, at: datetime) -> None:
    """Free every seat; whoever had one is told. ValueError without a reason; `InUse`, `Cancelled`."""
    if not reason.strip():
        raise ValueError("calling a session off needs a reason")
    held = _unused(session)
    people = list(held.seats.taken().values_list("person", flat=True))
    held.seats.taken().update(vacated_at=at)
    ExamSession.objects.filter(pk=held.pk).update(cancelled_at=at, cancel_reason=reason.strip())
    payload = {"session": held.pk, "people": people, "reason": reason.strip()}
    journal.write("session-cancelled", by=by, unit=held.exam.unit, at=at, payload=payload)


def _unused(session: ExamSession) -> ExamSession:
    """The session, locked, and with it everybody who is seated: nobody starts meanwhile."""
    held = ExamSession.objects.select_for_update(of=("self",)).select_related("exam__unit").get(pk=session.pk)
    if held.cancelled_at:
        raise Cancelled
    seated = held.seats.taken().order_by().values("enrolment")
    list(Enrolment.objects.select_for_update(of=("self",)).filter(pk__in=seated).order_by("pk").values_list("pk"))
    if board.is_begun(held):
        raise InUse
    return held
