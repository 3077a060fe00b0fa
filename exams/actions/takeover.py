"""Go on with a sitting on another device."""

from datetime import datetime
from uuid import uuid4

from exams.models import Attempt, Seat
from lms.journal import actions as journal
from lms.people.models import Person


class Locked(Exception):
    """Only the device that started may write, until the invigilator unlocks the sitting."""


def take_over(*, attempt: Attempt, by: Person, at: datetime) -> Attempt:
    """Give the sitting a new holder; the old device's answers from now on are only evidence.

    The caller holds the lock on the attempt. A finished attempt stays as it is. In a session with a code the
    invigilator has to allow it, for once: raises `Locked`.
    """
    if attempt.state == Attempt.State.IN_PROGRESS:
        if attempt.seat:
            _use_permission(attempt.seat)
        attempt.holder = uuid4()
        attempt.save(update_fields=["holder"])
        journal.write("attempt-taken-over", by=by, about=by, at=at, payload={"attempt": attempt.pk})
    return attempt


def _use_permission(seat: Seat) -> None:
    if seat.locked:
        raise Locked
    Seat.objects.filter(pk=seat.pk).update(unlocked_at=None)
