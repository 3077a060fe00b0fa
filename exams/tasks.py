"""What the queue runs for exams. Whatever one run leaves, the next takes."""

from celery import shared_task

from exams import actions
from exams.actions.outdate import expire
from exams.actions.similar import search_waiting
from exams.imports import waiting
from lms.kernel import clock


@shared_task
def close_expired_attempts() -> None:
    """Hand in what is past its deadline, release what is due, count what was drawn, go on correcting."""
    at = clock.now()
    actions.close_expired(at=at)
    actions.release_due(at=at)
    actions.count_exposure(at=at)
    actions.go_on_correcting(at=at)
    waiting.forget_old(at=at)


@shared_task
def analyse_exams() -> None:
    """Carry out what examiners ordered."""
    actions.analyse_waiting(at=clock.now())


@shared_task
def search_similar() -> None:
    """Carry out the searches for similar questions that examiners ordered."""
    search_waiting(at=clock.now())


@shared_task
def recheck_expired() -> None:
    """Questions whose validity has run out leave papers and practice."""
    expire(at=clock.now())
