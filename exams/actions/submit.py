"""Finish a sitting: once, whoever asks and however often (P5)."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Case, DecimalField, Value, When

from exams import queries
from exams.actions.release import release
from exams.models import Attempt, AttemptItem
from lms.people.models import Person


@transaction.atomic(savepoint=False)
def submit_attempt(
    *, attempt: Attempt, by: Person | None, at: datetime, closed_by: str = Attempt.ClosedBy.PERSON
) -> Attempt:
    """Grade and close the attempt, and release it when its exam releases at once and nobody has to mark it.

    The caller holds the lock on the attempt (`queries.locked_attempt`). A finished attempt comes back unchanged.
    """
    if attempt.state != Attempt.State.IN_PROGRESS:
        return attempt
    found = queries.outcome(attempt)
    closed = queries.closed_fields(attempt, found, closed_by=closed_by, at=at)
    if Attempt.objects.in_progress().filter(pk=attempt.pk).update(**closed) != 1:
        attempt.refresh_from_db()
        return attempt
    for field, value in closed.items():
        setattr(attempt, field, value)
    _store(attempt, found.scores)
    if attempt.released_at:
        release(attempt=attempt, by=by, at=at)
    return attempt


def _store(attempt: Attempt, scores: Mapping[int, Decimal | None]) -> None:
    """All items in one statement: few different scores, many questions."""
    groups: dict[Decimal, list[int]] = {}
    for pk, points in scores.items():
        if points is None:
            continue
        groups.setdefault(points, []).append(pk)
    field = DecimalField(max_digits=6, decimal_places=2)
    cases = [When(pk__in=ids, then=Value(points, field)) for points, ids in groups.items()]
    if cases:
        AttemptItem.objects.filter(attempt=attempt).update(score=Case(*cases, output_field=field))
