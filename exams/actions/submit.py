"""Finish a sitting: once, whoever asks and however often (P5)."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from exams import queries
from exams.actions.release import release
from exams.models import Attempt, AttemptItem
from lms.kernel.prepared import Key, Parameter, PreparedUpdate, ValueOf
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
    if _CLOSE.run(attempt=attempt.pk, **closed) != 1:
        attempt.refresh_from_db()
        return attempt
    for field, value in closed.items():
        setattr(attempt, field, value)
    _store(attempt, found.scores)
    if attempt.released_at:
        release(attempt=attempt, by=by, at=at)
    return attempt


_CLOSE = PreparedUpdate(
    lambda: Attempt.objects.in_progress().filter(pk=Key("attempt")),
    **{
        field.name: Parameter(field.name, field)
        for field in Attempt._meta.fields
        if field.name in queries.CLOSED_FIELDS
    },
)


def _store(attempt: Attempt, scores: Mapping[int, Decimal | None]) -> None:
    known = {pk: points for pk, points in scores.items() if points is not None}
    _SCORE.run(attempt=attempt.pk, scores=known)


_SCORE = PreparedUpdate(
    lambda: AttemptItem.objects.filter(attempt=Key("attempt")),
    score=ValueOf("pk", "scores", AttemptItem._meta.get_field("score")),
)
