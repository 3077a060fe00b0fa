"""Requests for review: the taker's own, and those an examiner answers."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, QuerySet, Value, When

from exams.models import Appeal, Attempt
from exams.rules import appealing
from lms.people import access
from lms.people.access import Perm
from lms.people.models import Person


@dataclass(frozen=True)
class Recourse:
    """What became of a taker's requests, and until when another may be made; None: it may not."""

    appeals: list[Appeal]
    until: datetime | None


def recourse(attempt: Attempt, *, at: datetime) -> Recourse:
    """Call it for the taker's own attempt."""
    if attempt.released_at is None:
        return Recourse([], None)
    found = list(Appeal.objects.filter(attempt=attempt).order_by("pk"))
    under_way = any(each.state == Appeal.State.OPEN for each in found)
    days = attempt.exam.appeal_days
    may = not under_way and appealing.is_open(attempt.released_at, days, at=at)
    return Recourse(found, appealing.last_moment(attempt.released_at, days) if may else None)


def appeals_for(examiner: Person) -> QuerySet[Appeal]:
    """Those about exams of the examiner's units, open ones first; never the examiner's own."""
    mine = Appeal.objects.filter(attempt__exam__unit__in=access.scope(examiner, Perm.EXAMS_MANAGE))
    closed = Case(When(state=Appeal.State.OPEN, then=Value(0)), default=Value(1))
    rows = mine.exclude(attempt__person=examiner).select_related("attempt__person", "attempt__exam", "attempt__unit")
    return rows.order_by(closed, "-sent_at", "-pk")
