"""The figures of one course, counted from the facts, by the keys of the roll-ups."""

from collections.abc import Collection, Iterator
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Case, Count, DateTimeField, QuerySet, When
from django.db.models.functions import Collate, Greatest, TruncWeek

from lms.people.models import OrgUnit
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


def own_counts(course: int, units: Collection[int]) -> dict[Key, Counts]:
    """By unit of the day, of these units. Two statements."""
    found: dict[Key, Counts] = {}
    for required in (False, True):
        for unit, *group in _grouped(tasks(required=required).filter(assignment__course=course, unit__in=units)):
            _add(found, unit, required, *group)
    return found


def own_in_tree_order(course: int, *, required: bool) -> Iterator[tuple[int, dict[Key, Counts]]]:
    """Of every unit that has any, one after the other as `units_in_tree_order`: one statement, read as it comes."""
    rows = _grouped(tasks(required=required).filter(assignment__course=course, unit__isnull=False))
    for unit, groups in groupby(rows.order_by(_bytewise("unit__path")).iterator(), key=itemgetter(0)):
        found: dict[Key, Counts] = {}
        for _, *group in groups:
            _add(found, unit, required, *group)
        yield unit, found


def units_in_tree_order() -> Iterator[tuple[int, str]]:
    """Each unit (id, path), right before all units below it, whatever language the database sorts in."""
    return OrgUnit.objects.order_by(_bytewise("path")).values_list("pk", "path").iterator()


def _bytewise(path: str) -> Collate:
    return Collate(path, "C" if connection.vendor == "postgresql" else "BINARY")


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


def _add(
    found: dict[Key, Counts], unit: int, required: bool, due: datetime, begun: datetime, ended: datetime | None,
    assigned: int, completed: int, on_time: int,
) -> None:  # fmt: skip
    _plus(found, Key(unit, Rollup.Measure.DUE, required, due), (assigned, completed, on_time))
    _plus(found, Key(unit, Rollup.Measure.WEEK, required, begun), (assigned, 0, 0))
    if completed:
        _plus(found, Key(unit, Rollup.Measure.WEEK, required, ended or begun), (0, completed, 0))


def _plus(found: dict[Key, Counts], key: Key, counts: Counts) -> None:
    found[key] = plus(found.get(key, NONE), counts)
