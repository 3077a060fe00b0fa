"""The figures of one course, counted from the facts, by the keys of the roll-ups."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Case, Count, DateTimeField, QuerySet, When
from django.db.models.functions import Greatest, TruncWeek

from lms.records.models import AssignedPerson
from lms.reports.counting import DONE, IN_TIME, tasks
from lms.reports.models import Rollup

Counts = tuple[int, int, int]  # assigned, completed, on time
NONE: Counts = (0, 0, 0)


class Key(NamedTuple):
    """Of one course. Field names as in `Rollup`."""

    unit: int
    measure: str
    only_required: bool
    moment: datetime


def plus(one: Counts, other: Counts) -> Counts:
    return one[0] + other[0], one[1] + other[1], one[2] + other[2]


def minus(one: Counts, other: Counts) -> Counts:
    return one[0] - other[0], one[1] - other[1], one[2] - other[2]


def own_counts(course: int, units: Collection[int] | None = None) -> dict[Key, Counts]:
    """By unit of the day, of these units or of all. Two statements."""
    found: dict[Key, Counts] = defaultdict(lambda: NONE)
    for required in (False, True):
        rows = tasks(required=required).filter(assignment__course=course, unit__isnull=False)
        if units is not None:
            rows = rows.filter(unit__in=units)
        for unit, due, begun, ended, *counts in _grouped(rows):
            assigned, completed, on_time = counts
            _add(found, Key(unit, Rollup.Measure.DUE, required, due), (assigned, completed, on_time))
            _add(found, Key(unit, Rollup.Measure.WEEK, required, begun), (assigned, 0, 0))
            if completed:
                _add(found, Key(unit, Rollup.Measure.WEEK, required, ended or begun), (0, completed, 0))
    return found


def _grouped(rows: QuerySet[AssignedPerson]) -> QuerySet[Any]:
    """Who was under way before counts from the assignment, who came later from the day of coming."""
    begun = Greatest("assignment__assigned_at", "enrolment__enrolled_at")
    ended = Case(When(DONE, then=Greatest("enrolment__completed_at", begun)), output_field=DateTimeField())
    weeks = {"_begun": TruncWeek(begun), "_ended": TruncWeek(ended)}
    counts = {
        "_assigned": Count("pk"),
        "_completed": Count("pk", filter=DONE),
        "_on_time": Count("pk", filter=IN_TIME),
    }
    return rows.order_by().annotate(**weeks).values_list("unit", "_due", *weeks).annotate(**counts)


def _add(found: dict[Key, Counts], key: Key, counts: Counts) -> None:
    found[key] = plus(found[key], counts)
