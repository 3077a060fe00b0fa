"""Mark answers: take one in hand, give points. What two markers do at once is decided by the database."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final

from django.db import transaction
from django.db.models import Q

from exams import queries
from exams.actions.settle import Occasion, settle
from exams.models import Attempt, AttemptItem, Marking, MarkingLease, ScoreChange
from exams.rules import grading, marking
from lms.journal import actions as journal
from lms.people.models import Person

LEASE: Final = timedelta(minutes=15)


class NotInHand(Exception):
    """Somebody else has the answer in hand, or has settled it meanwhile; nothing was stored."""


@transaction.atomic
def take(*, item: AttemptItem, by: Person, at: datetime) -> bool:
    """Take an answer in hand for a quarter of an hour; False while somebody else has it."""
    free = MarkingLease.objects.filter(Q(marker=by) | Q(until__lte=at), item=item)
    if free.update(marker=by, until=at + LEASE):
        return True
    return MarkingLease.objects.get_or_create(item=item, defaults={"marker": by, "until": at + LEASE})[1]


@transaction.atomic(savepoint=False)
def mark(
    *, item: AttemptItem, given: Sequence[Decimal], comment: str = "", by: Person, at: datetime
) -> ScoreChange | None:
    """Keep a marker's points for each criterion; with the last answer the attempt gets its score.

    The caller holds the lock on `item.attempt` (`queries.marking.locked`). Returns what became of the score. Raises
    NotInHand.
    """
    round = marking.next_round(queries.marks_of(item), queries.marking_rule(item.attempt.exam, item.points))
    held = MarkingLease.objects.filter(item=item, marker=by, until__gt=at)
    by_me = Marking.objects.filter(item=item, marker=by, round__lt=marking.Round.REVIEW)
    if item.score is not None or round is None or by_me.exists() or not held.delete()[0]:
        raise NotInHand
    _keep(item, round, given, comment, by, at)
    return settle(attempt=item.attempt, occasion=Occasion(ScoreChange.Cause.MARKED, by, at))


def _keep(
    item: AttemptItem, round: marking.Round, given: Sequence[Decimal], comment: str, by: Person, at: datetime
) -> None:
    scoring = grading.scoring_of(item.attempt.grading)
    made = Marking.objects.create(
        item=item,
        marker=by,
        round=round,
        given=[str(points) for points in given],
        points=grading.marked(queries.for_grading(item), scoring, given),
        comment=comment,
        at=at,
    )
    attempt: Attempt = item.attempt
    journal.write(
        "answer-marked",
        by=by,
        about=attempt.person,
        unit=attempt.exam.unit,
        at=at,
        payload={"attempt": attempt.pk, "position": item.position, "round": int(round), "marking": made.pk},
    )
