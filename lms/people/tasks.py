"""What the queue runs for people."""

from functools import partial

from celery import shared_task

from lms.kernel import clock
from lms.people import access, actions, lockout
from lms.people.access import Perm


@shared_task
def expire_grants() -> None:
    """Beat asks every hour: groups follow the grants that ended or began by date, old log-in counters go."""
    at = clock.now()
    actions.expire_grants(at=at)
    lockout.forget_old(at=at)


@shared_task
def apply_rosters() -> None:
    """Beat asks every two seconds: what somebody confirmed is applied, once."""
    actions.apply_confirmed(reach=partial(access.scope, perm=Perm.PEOPLE_IMPORT), at=clock.now())
