"""缓考: ask to sit in another session, and decide about it."""

from datetime import datetime

from django.db import IntegrityError, transaction

from exams.actions.sessions import InUse
from exams.models import Attempt, Deferral, Seat
from lms.journal import actions as journal
from lms.people.models import Person
from lms.records.models import Enrolment


class Decided(Exception):
    """Somebody has decided about this request already."""


class TooLate(Exception):
    """The session is over, or the exam was begun."""


def ask_deferral(*, seat: Seat, reason: str, note: str, by: Person, at: datetime) -> Deferral:
    """The request for this seat; asked twice, it is the same one. Raises `TooLate`."""
    if at >= seat.session.ends_at or Attempt.objects.filter(seat=seat).exists():
        raise TooLate
    try:
        with transaction.atomic():
            asked = Deferral.objects.create(seat=seat, reason=reason, note=note.strip(), asked_at=at)
            journal.write("deferral-asked", by=by, about=seat.person, at=at, payload={"deferral": asked.pk})
            return asked
    except IntegrityError:
        return seat.deferrals.exclude(state=Deferral.State.REFUSED).get()


@transaction.atomic
def decide_deferral(*, deferral: Deferral, approve: bool, answer: str, by: Person, at: datetime) -> None:
    """Approved, the seat is free at once. Raises `Decided`, and `InUse` when the exam was begun on the seat."""
    seat = deferral.seat
    Enrolment.objects.select_for_update(of=("self",)).get(pk=seat.enrolment_id)
    state = Deferral.State.APPROVED if approve else Deferral.State.REFUSED
    decided = Deferral.objects.pending().filter(pk=deferral.pk)
    if decided.update(state=state, decision=answer.strip(), decided_at=at, decided_by=by) != 1:
        raise Decided
    if approve:
        if Attempt.objects.filter(seat=seat).exists():
            raise InUse
        Seat.objects.taken().filter(pk=seat.pk).update(vacated_at=at)
    payload = {"deferral": deferral.pk, "seat": seat.pk, "approved": approve}
    journal.write("deferral-decided", by=by, about=seat.person, at=at, payload=payload)
