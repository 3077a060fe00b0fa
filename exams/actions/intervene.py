"""What an invigilator can do about a seat: let in, more time, another device, end. Each is kept with its reason."""

from datetime import datetime, timedelta
from uuid import uuid4

from django.db import transaction

from exams import queries
from exams.actions.close import close_if_over
from exams.actions.submit import submit_attempt
from exams.models import Attempt, Intervention, Seat
from lms.journal import actions as journal
from lms.people.models import Person

Kind = Intervention.Kind


class NoSitting(Exception):
    """Nobody sits on this seat now."""


@transaction.atomic
def admit(*, seat: Seat, reason: str, by: Person, at: datetime) -> None:
    """Let somebody in who has no code, came too late or mistyped too often."""
    Seat.objects.taken().filter(pk=seat.pk, entered_at=None).update(entered_at=at, wrong_codes=0)
    _write(seat, Kind.ADMIT, reason, by, at)


def extend(*, seat: Seat, minutes: int, reason: str, by: Person, at: datetime) -> Attempt:
    """Move the deadline of a running sitting. Raises `NoSitting`."""
    with transaction.atomic():
        attempt = _sitting(seat, at)
        if attempt:
            attempt.deadline += timedelta(minutes=minutes)
            attempt.save(update_fields=["deadline"])
            _write(seat, Kind.EXTEND, reason, by, at, minutes)
    return _there(attempt)


def unlock(*, seat: Seat, reason: str, by: Person, at: datetime) -> Attempt:
    """Shut the device that holds the sitting out and let another one take over. Raises `NoSitting`."""
    with transaction.atomic():
        attempt = _sitting(seat, at)
        if attempt:
            attempt.holder = uuid4()
            attempt.save(update_fields=["holder"])
            Seat.objects.filter(pk=seat.pk).update(unlocked_at=at)
            _write(seat, Kind.UNLOCK, reason, by, at)
    return _there(attempt)


def end(*, seat: Seat, reason: str, by: Person, at: datetime) -> Attempt:
    """Hand the paper in with the answers it has. Raises `NoSitting`."""
    with transaction.atomic():
        attempt = _sitting(seat, at)
        if attempt:
            submit_attempt(attempt=attempt, by=by, at=at, closed_by=Attempt.ClosedBy.ENDED)
            _write(seat, Kind.END, reason, by, at)
    return _there(attempt)


def _sitting(seat: Seat, at: datetime) -> Attempt | None:
    """The running attempt of the seat, locked; one whose time is over is closed, which stays."""
    try:
        attempt = queries.locked_attempt(seat=seat)
    except Attempt.DoesNotExist:
        return None
    over = attempt.state != Attempt.State.IN_PROGRESS or close_if_over(attempt=attempt, at=at)
    return None if over else attempt


def _there(attempt: Attempt | None) -> Attempt:
    if attempt is None:
        raise NoSitting
    return attempt


def _write(seat: Seat, kind: str, reason: str, by: Person, at: datetime, minutes: int = 0) -> None:
    """ValueError without a reason."""
    if not reason.strip():
        raise ValueError("an intervention needs a reason")
    kept = Intervention.objects.create(seat=seat, kind=kind, minutes=minutes, reason=reason.strip(), at=at, by=by)
    payload = {"intervention": kept.pk, "seat": seat.pk, "what": str(kind), "minutes": minutes}
    journal.write("invigilator-intervened", by=by, about=seat.person, at=at, payload=payload)
