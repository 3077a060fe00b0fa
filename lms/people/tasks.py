"""What the queue runs for people."""

from celery import shared_task

from lms.kernel import clock
from lms.people import actions, lockout


@shared_task
def expire_grants() -> None:
    """Beat asks every hour: groups follow the grants that ended or began by date, old log-in counters go."""
    at = clock.now()
    actions.expire_grants(at=at)
    lockout.forget_old(at=at)
