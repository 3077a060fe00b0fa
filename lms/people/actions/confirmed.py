"""A confirmed roster: the row is the work. A worker claims it, applies it in one transaction, or gives it back."""

import logging
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F, Q, QuerySet

from lms.people.actions.roster import Stale, compare_again, decide_roster, import_roster
from lms.people.models import OrgUnit, Person, RosterImport
from lms.people.refusals import Refused, refused
from lms.people.roster import progress
from lms.people.roster.wording import Shown

logger = logging.getLogger(__name__)

CLAIM = timedelta(minutes=1)  # a worker that has not finished by then may be dead; the next one tries
MAX_TRIES = 3
Reach = Callable[[Person], QuerySet[OrgUnit]]


@transaction.atomic
def confirm_roster(*, report: RosterImport, decisions: Mapping[str, bool], stamp: str, at: datetime) -> None:
    """Ask for the report to be applied, with these last decisions; asking again changes nothing.

    Stale when it says something else than where `stamp` was taken from, Refused when it is applied already.
    """
    held = RosterImport.objects.select_for_update().get(pk=report.pk)
    if held.applied_at:
        raise refused("roster_applied")
    if stamp and stamp != Shown(held.report).stamp:
        raise Stale(str(refused("roster_stale")))
    decide_roster(report=report, decisions=decisions)
    asked = RosterImport.objects.filter(pk=report.pk, applied_at=None, asked_at=None)
    asked.update(asked_at=at, begun_at=None, tries=0, trouble="")


def apply_confirmed(*, reach: Reach, at: datetime) -> int:
    """Apply what is confirmed, longest waiting first; return how many were applied.

    `reach`: the units somebody may import for, at this moment and not when they confirmed.
    """
    done = 0
    while report := _claim(at):
        done += _apply(report, reach, at)
    return done


def _waiting(at: datetime) -> QuerySet[RosterImport]:
    free = Q(begun_at=None) | Q(begun_at__lte=at - CLAIM)
    return RosterImport.objects.filter(free, asked_at__isnull=False, applied_at=None)


def _claim(at: datetime) -> RosterImport | None:
    """The report that waits longest, now ours for `CLAIM`. Two workers never both get it."""
    for pk in _waiting(at).order_by("asked_at", "pk").values_list("pk", flat=True):
        if _waiting(at).filter(pk=pk).update(begun_at=at, tries=F("tries") + 1):
            return RosterImport.objects.select_related("by").get(pk=pk)
    return None


def _apply(report: RosterImport, reach: Reach, at: datetime) -> bool:
    """True when it stands; else nothing has changed, and it is given back or waits for another try."""
    assert report.by is not None
    within = reach(report.by)
    try:
        import_roster(report=report, within=within, by=report.by, at=at, tell=progress.teller(report.uuid))
    except (Stale, IntegrityError):  # or somebody added the same person in this very moment
        compare_again(report=report, within=within)
        return False
    except Refused as refusal:
        _give_back(report, refusal.reason)
        return False
    except Exception:  # whatever breaks one roster must not break the next
        logger.exception("roster %s could not be applied", report.pk)
        if report.tries >= MAX_TRIES:
            _give_back(report, "roster_failed")
        return False
    finally:
        progress.forget(report.uuid)
    return True


def _give_back(report: RosterImport, why: str) -> None:
    unapplied = RosterImport.objects.filter(pk=report.pk, applied_at=None)
    unapplied.update(asked_at=None, begun_at=None, trouble=why)
