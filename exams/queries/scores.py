"""A score made anew from what it is made of: paper, answers, markings and the version of the rules (P9)."""

from collections import defaultdict
from decimal import Decimal

from exams import marking
from exams.models import Attempt, AttemptItem, Exam, Marking
from exams.queries.closing import graded


def recomputed(attempt: Attempt) -> dict[int, Decimal | None]:
    """The points of each item, by its id; None while markers have to give them."""
    scores = graded(attempt)
    marks: dict[int, list[marking.Mark]] = defaultdict(list)
    worth: dict[int, Decimal] = {}
    for pk, points, each in _marks(attempt):
        marks[pk].append(each)
        worth[pk] = points
    return {
        **scores,
        **{pk: marking.settled(found, marking_rule(attempt.exam, worth[pk])) for pk, found in marks.items()},
    }


def marking_rule(exam: Exam, points: Decimal) -> marking.Rule:
    """How an answer worth `points` is marked in this exam."""
    return marking.Rule(exam.second_marker, marking.limit(points, exam.arbitrate_above))


def marks_of(item: AttemptItem) -> list[marking.Mark]:
    rows = Marking.objects.filter(item=item).order_by("pk").values_list("round", "points")
    return [marking.Mark(*row) for row in rows]


def _marks(attempt: Attempt) -> list[tuple[int, Decimal, marking.Mark]]:
    rows = Marking.objects.filter(item__attempt=attempt).order_by("pk")
    found = rows.values_list("item", "item__points", "round", "points")
    return [(pk, worth, marking.Mark(round, points)) for pk, worth, round, points in found]
