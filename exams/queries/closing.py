"""What closing a sitting makes of it: stored by `submit_attempt`, shown by pages when nobody has stored it yet."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from exams import grading, rules
from exams.models import Attempt, Exam
from exams.queries.sitting import marked_items


def graded(attempt: Attempt) -> dict[int, Decimal | None]:
    """The points of each item, by its id, from the answers as they are now; None for what people have to mark."""
    scoring = grading.scoring_of(attempt.grading) or attempt.exam.multiple_scoring
    facts = ("version__type", "version__content", "version__key", "order", "answer", "points")
    rows = marked_items(attempt).values_list("pk", *facts)
    return {pk: grading.score(grading.Marking(*each), scoring) for pk, *each in rows}


def closed_fields(attempt: Attempt, points: Decimal | None, *, closed_by: str, at: datetime) -> dict[str, Any]:
    """The fields of the attempt once it is closed. Late closing does not make the hand-in late.

    Practice shows its answers at once. Without points (somebody has to mark it first) nothing is decided or released.
    """
    late = closed_by == Attempt.ClosedBy.DEADLINE
    release_at = None if attempt.exam.kind == Exam.Kind.PRACTICE else attempt.exam.release_at
    due = points is not None and (release_at is None or release_at <= at)
    return {
        "state": Attempt.State.SUBMITTED,
        "closed_by": closed_by,
        "submitted_at": min(at, attempt.deadline) if late else at,
        "score": points,
        "passed": None if points is None else grading.passed(points, attempt.max_score, attempt.exam.pass_score),
        "grading": grading.rule_version(attempt.exam.multiple_scoring),
        "released_at": at if due else None,
    }


def as_seen(attempt: Attempt, *, at: datetime) -> Attempt:
    """The attempt as it must be shown: one whose time is over is closed, although only the sweep stores that."""
    if attempt.state == Attempt.State.IN_PROGRESS and rules.is_over(attempt.deadline, at):
        points = grading.total(graded(attempt).values())
        for field, value in closed_fields(attempt, points, closed_by=Attempt.ClosedBy.DEADLINE, at=at).items():
            setattr(attempt, field, value)
    return attempt
