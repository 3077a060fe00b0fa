"""What the queue runs for the journal."""

from celery import shared_task

from lms.journal.actions import deliver, pulse
from lms.kernel import clock


@shared_task
def deliver_pending() -> None:
    """Beat asks every second; what one call leaves, the next takes."""
    at = clock.now()
    pulse("worker", at=at)
    deliver(at=at)
