"""Bring a score in line with what it is made of, and tell everybody whom it concerns. The only way a score changes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from exams import queries
from exams.actions.release import release, release_again, tell_result
from exams.models import Attempt, AttemptItem, Correction, ScoreChange
from exams.rules import grading
from lms.journal import actions as journal
from lms.people.models import Person

PassStands = ScoreChange.PassStands


@dataclass(frozen=True)
class Occasion:
    """Why a score is made anew, who brought it about, and when."""

    cause: str
    by: Person | None
    at: datetime
    reason: str = ""
    correction: Correction | None = None


@transaction.atomic(savepoint=False)
def settle(*, attempt: Attempt, occasion: Occasion) -> ScoreChange | None:
    """Make points, score and verdict of a finished attempt anew; None when nothing changed or somebody has to mark.

    The caller holds the lock on the attempt (`queries.locked_attempt`). A pass that was released is not taken away
    here: it stands until somebody decides about it.
    """
    found = queries.recomputed(attempt)
    moved = _store(attempt, found.scores)
    if found.points is None or (found.points, found.max_score) == (attempt.score, attempt.max_score):
        return None
    change = _change(attempt, found, moved, occasion)
    first = _apply(attempt, change, occasion.at)
    journal.write(
        "score-changed",
        by=occasion.by,
        about=attempt.person,
        unit=attempt.exam.unit,
        at=occasion.at,
        payload={"attempt": attempt.pk, "exam": attempt.exam_id, "change": change.pk, "cause": occasion.cause},
    )
    if attempt.released_at:
        _announce(attempt, change, occasion, first)
    return change


def _store(attempt: Attempt, scores: Mapping[int, Decimal | None]) -> list[list[Any]]:
    """Position, points before and after of every question whose points have changed."""
    moved = []
    for item in AttemptItem.objects.filter(attempt=attempt).only("pk", "position", "score"):
        new = scores[item.pk]
        if new != item.score:
            AttemptItem.objects.filter(pk=item.pk).update(score=new)
            moved.append([item.position, _text(item.score), _text(new)])
    return moved


def _text(points: Decimal | None) -> str | None:
    return None if points is None else str(points)


def _change(attempt: Attempt, found: queries.Outcome, moved: list[list[Any]], occasion: Occasion) -> ScoreChange:
    assert found.points is not None
    passed = grading.passed(found.points, found.max_score, attempt.exam.pass_score)
    loses = bool(attempt.released_at and attempt.passed and not passed)
    return ScoreChange.objects.create(
        attempt=attempt,
        cause=occasion.cause,
        correction=occasion.correction,
        reason=occasion.reason,
        items=moved,
        old_score=attempt.score,
        old_max_score=attempt.max_score,
        old_passed=attempt.passed,
        score=found.points,
        max_score=found.max_score,
        passed=passed or loses,
        grading=attempt.grading,
        pass_stands=PassStands.OPEN if loses else PassStands.NO_QUESTION,
        by=occasion.by,
        at=occasion.at,
    )


def _apply(attempt: Attempt, change: ScoreChange, at: datetime) -> bool:
    """Whether this released the result for the first time."""
    release_at = attempt.exam.release_at
    first = attempt.released_at is None and (release_at is None or release_at <= at)
    attempt.score, attempt.max_score, attempt.passed = change.score, change.max_score, change.passed
    attempt.released_at = at if first else attempt.released_at
    attempt.save(update_fields=["score", "max_score", "passed", "released_at"])
    return first


def _announce(attempt: Attempt, change: ScoreChange, occasion: Occasion, first: bool) -> None:
    """Tell the records and the taker; while a pass is in question nobody is told anything."""
    if change.pass_stands == PassStands.OPEN:
        return
    if first:
        release(attempt=attempt, by=occasion.by, at=occasion.at)
    else:
        release_again(attempt=attempt, change=change, by=occasion.by, at=occasion.at)
    tell_taker(attempt=attempt, change=change, first=first, at=occasion.at)


def tell_taker(*, attempt: Attempt, change: ScoreChange, first: bool = False, at: datetime) -> None:
    """What the score is now, and what it was."""
    before = None if first else change.old_score or Decimal(0)
    tell_result(attempt=attempt, key=f"score:{change.pk}", before=before, at=at)
