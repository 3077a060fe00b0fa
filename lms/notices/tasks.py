"""What the queue runs for notices."""

from celery import shared_task

from lms.kernel import clock
from lms.notices import actions


@shared_task
def send_pending_mail() -> None:
    """Beat asks four times a minute; a mail server that hangs delays mail, nothing else."""
    actions.send_due_mail(at=clock.now())
