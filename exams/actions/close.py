"""Close sittings whose time is over, although nobody came back (P8)."""

import logging
from datetime import datetime

from django.db import transaction

from exams import queries, rules
from exams.actions.submit import submit_attempt
from exams.models import Attempt

logger = logging.getLogger(__name__)


def close_expired(*, at: datetime, limit: int = 200) -> int:
    """Hand in what is past its deadline and grace, with the answers it has; return how many."""
    expired = Attempt.objects.in_progress().filter(deadline__lt=rules.last_deadline_over(at)).order_by("deadline")
    return sum(_close_one(pk, at) for pk in expired.values_list("pk", flat=True)[:limit])


def _close_one(pk: int, at: datetime) -> bool:
    try:
        with transaction.atomic():
            return close_if_over(attempt=queries.locked_attempt(pk=pk), at=at)
    except Exception:  # one broken attempt must not keep the others open; the next sweep tries again
        logger.exception("attempt %s could not be closed", pk)
        return False


def close_if_over(*, attempt: Attempt, at: datetime) -> bool:
    """Close a locked attempt when its time is over; return whether this did it."""
    if attempt.state != Attempt.State.IN_PROGRESS or not rules.is_over(attempt.deadline, at):
        return False
    submit_attempt(attempt=attempt, by=None, at=at, closed_by=Attempt.ClosedBy.DEADLINE)
    return True
