"""A score made anew from what it is made of: paper, answers, markings and the version of the rules (P9)."""

from collections import defaultdict
from dataclasses import replace
from decimal import Decimal

from exams.models import Attempt, AttemptItem, Exam, Marking
from exams.queries.closing import Outcome, outcome
from exams.rules import marking


def recomputed(attempt: Attempt) -> Outcome:
    """What the attempt is worth with what markers gave; points are None while they have to give them."""
    found = outcome(attempt)
    marks: dict[int, list[marking.Mark]] = defaultdict(list)
    worth: dict[int, Decimal] = {}
    for pk, points, each in _marks(attempt):
        if pk not in found.fixed:
            marks[pk].append(each)
            worth[pk] = points
    given = {pk: marking.settled(each, marking_rule(attempt.exam, worth[pk])) for pk, each in marks.items()}
    return replace(found, scores={**found.scores, **given})


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
