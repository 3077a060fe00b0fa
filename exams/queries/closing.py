"""What closing a sitting makes of it: stored by `submit_attempt`, shown by pages when nobody has stored it yet."""

from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from exams import rules
from exams.models import Attempt, AttemptItem, Correction, Exam
from exams.rules import grading
from lms.kernel.prepared import Key, PreparedRows


@dataclass(frozen=True)
class Outcome:
    """The points of each item, by its id (None for what people have to mark), and how many there are in all.

    `fixed`: items whose points a correction of the question gave, whatever was answered.
    """

    scores: dict[int, Decimal | None]
    max_score: Decimal
    fixed: frozenset[int] = frozenset()

    @property
    def points(self) -> Decimal | None:
        return grading.total(self.scores.values())


def outcome(attempt: Attempt) -> Outcome:
    """What the answers as they are now are worth, by the rules and corrections of the exam."""
    scoring = grading.scoring_of(attempt.grading) or attempt.exam.multiple_scoring
    rows = _ANSWERED.all(attempt=attempt.pk, exam=attempt.exam_id)
    corrected = _corrections([each for _pk, each, *_facts in rows if each])
    scores, max_score, fixed = {}, Decimal(0), set()
    for pk, which, *each in rows:
        item, correction = grading.Marking(*each), corrected.get(which)
        scores[pk] = corrected_score(item, scoring, correction)
        if scores[pk] is None and attempt.exam.rehearses_id:  # nobody marks a mock exam: what people mark is left out
            scores[pk] = Decimal(0)
            continue
        if correction and correction.kind != Correction.Kind.KEY:
            fixed.add(pk)
        if not (correction and correction.kind == Correction.Kind.LEFT_OUT):
            max_score += item.points
    return Outcome(scores, max_score, frozenset(fixed))


def _answered() -> QuerySet[AttemptItem, Any]:
    """Key, newest correction, and the facts of a `grading.Marking`."""
    newest = Correction.objects.filter(exam=Key("exam"), version=OuterRef("version")).order_by("-pk").values("pk")
    facts = ("version__type", "version__content", "version__key", "order", "answer", "points")
    return AttemptItem.objects.filter(attempt=Key("attempt")).values_list("pk", Subquery(newest[:1]), *facts)


_ANSWERED = PreparedRows(_answered)


def graded(attempt: Attempt) -> dict[int, Decimal | None]:
    """The points of each item, by its id, from the answers as they are now; None for what people have to mark."""
    return outcome(attempt).scores


def corrected_score(item: grading.Marking, scoring: str, correction: Correction | None) -> Decimal | None:
    """The points of one answer, as its question counts in this exam."""
    if correction is None:
        return grading.score(item, scoring)
    if correction.kind == Correction.Kind.FULL:
        return item.points
    if correction.kind == Correction.Kind.LEFT_OUT:
        return Decimal(0)
    assert correction.replacement is not None
    return grading.score(replace(item, key=correction.replacement.key), scoring)


def _corrections(ids: list[int]) -> dict[int, Correction]:
    return Correction.objects.select_related("replacement").in_bulk(ids) if ids else {}


CLOSED_FIELDS = ("state", "closed_by", "submitted_at", "score", "max_score", "passed", "grading", "released_at")


def closed_fields(attempt: Attempt, found: Outcome, *, closed_by: str, at: datetime) -> dict[str, Any]:
    """`CLOSED_FIELDS` of the attempt once it is closed. Late closing does not make the hand-in late.

    Practice shows its answers at once. Without points (somebody has to mark it first) nothing is decided or released.
    """
    late = closed_by == Attempt.ClosedBy.DEADLINE
    release_at = None if attempt.exam.kind == Exam.Kind.PRACTICE else attempt.exam.release_at
    points = found.points
    due = points is not None and (release_at is None or release_at <= at)
    return {
        "state": Attempt.State.SUBMITTED,
        "closed_by": closed_by,
        "submitted_at": min(at, attempt.deadline) if late else at,
        "score": points,
        "max_score": found.max_score,
        "passed": None if points is None else grading.passed(points, found.max_score, attempt.exam.pass_score),
        "grading": grading.rule_version(attempt.exam.multiple_scoring),
        "released_at": at if due else None,
    }


def as_seen(attempt: Attempt, *, at: datetime) -> Attempt:
    """The attempt as it must be shown: one whose time is over is closed, although only the sweep stores that."""
    if attempt.state == Attempt.State.IN_PROGRESS and rules.is_over(attempt.deadline, at):
        for field, value in closed_fields(
            attempt, outcome(attempt), closed_by=Attempt.ClosedBy.DEADLINE, at=at
        ).items():
            setattr(attempt, field, value)
    return attempt
