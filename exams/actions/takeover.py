"""Go on with a sitting on another device."""

from datetime import datetime
from uuid import uuid4

from exams.models import Attempt
from lms.journal import actions as journal
from lms.people.models import Person


def take_over(*, attempt: Attempt, by: Person, at: datetime) -> Attempt:
    """Give the sitting a new holder; the old device's answers from now on are only evidence.

    The caller holds the lock on the attempt. A finished attempt stays as it is.
    """
    if attempt.state == Attempt.State.IN_PROGRESS:
        attempt.holder = uuid4()
        attempt.save(update_fields=["holder"])
        journal.write("attempt-taken-over", by=by, about=by, at=at, payload={"attempt": attempt.pk})
    return attempt
