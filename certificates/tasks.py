"""What the queue runs for certificates."""

from celery import shared_task

from certificates.actions import render_pending as render
from lms.kernel import clock


@shared_task
def render_pending() -> None:
    """Beat asks every five seconds; what one call leaves, the next takes."""
    render(at=clock.now())
