"""How completion went, week by week."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.timezone import localdate

from courses.models import Course
from lms.reports.figures import Asked, Unit, tops
from lms.reports.models import COUNTS, OWN, Rollup
from lms.reports.queries import within
from lms.reports.rollups import waiting
from lms.reports.rollups.facts import NONE, Counts, Key, minus, own_counts, plus

WEEKS = 26


@dataclass(frozen=True)
class Week:
    """What had been assigned and completed by the end of the week that begins on `monday`."""

    monday: date
    assigned: int
    completed: int

    @property
    def percent(self) -> int:
        """Rounded down: 100 means all."""
        return 100 * self.completed // self.assigned if self.assigned else 0


def trend(scope: Sequence[Unit], asked: Asked, at: datetime) -> list[Week]:
    """The last weeks, from the first in which something was assigned; empty when nothing was."""
    today = localdate(at)
    this_week = today - timedelta(days=today.weekday())
    return _added_up(_by_week(scope, asked), this_week)


def _added_up(by_week: dict[date, Counts], this_week: date) -> list[Week]:
    """Counts by week become what stood at the end of each."""
    if not by_week:
        return []
    first = max(min(by_week), this_week - timedelta(weeks=WEEKS - 1))
    mondays = [first + timedelta(weeks=n) for n in range((this_week - first).days // 7 + 1)]
    return [
        Week(
            monday,
            sum(assigned for week, (assigned, _, _) in by_week.items() if week <= monday),
            sum(completed for week, (_, completed, _) in by_week.items() if week <= monday),
        )
        for monday in mondays
    ]


def _by_week(scope: Sequence[Unit], asked: Asked) -> dict[date, Counts]:
    """Newly assigned and newly completed, from the roll-ups, and from the facts for what is not folded yet."""
    changed = waiting.now()
    anew = changed.everything or changed.rehung
    courses = dict(Course.objects.values_list("pk", "uuid"))
    inside = set(within(scope, asked).values_list("pk", flat=True)) if anew else set()
    cells = dict.fromkeys(courses, inside) if anew else _inside(changed.cells(), scope, asked)
    found: dict[date, Counts] = defaultdict(lambda: NONE)
    for course, units in cells.items():
        if asked.course in (None, courses[course]):
            _add_facts(found, own_counts(course, units), asked)
    if not anew:
        _add_kept(found, scope, asked, cells)
    return {week: counts for week, counts in found.items() if counts != NONE}


def _inside(cells: dict[int, set[int]], scope: Sequence[Unit], asked: Asked) -> dict[int, set[int]]:
    touched = {unit for units in cells.values() for unit in units}
    inside = set(within(scope, asked).filter(pk__in=touched).values_list("pk", flat=True)) if touched else set()
    return {course: units & inside for course, units in cells.items() if units & inside}


def _add_facts(found: dict[date, Counts], counted: dict[Key, Counts], asked: Asked) -> None:
    for key, counts in counted.items():
        if key.measure == Rollup.Measure.WEEK and key.only_required == asked.required:
            found[localdate(key.moment)] = plus(found[localdate(key.moment)], counts)


def _add_kept(found: dict[date, Counts], scope: Sequence[Unit], asked: Asked, cells: dict[int, set[int]]) -> None:
    """The rows of what is shown, without the cells that were counted from the facts: one statement."""
    shown = {unit.id for unit in ([asked.unit] if asked.unit else tops(scope))}
    touched = {unit for units in cells.values() for unit in units}
    rows = Rollup.objects.filter(measure=Rollup.Measure.WEEK, only_required=asked.required, unit__in=shown | touched)
    if asked.course:
        rows = rows.filter(course__uuid=asked.course)
    for unit, course, moment, *counts in rows.values_list("unit", "course", "moment", *OWN, *COUNTS):
        own, deep, week = _three(counts[:3]), _three(counts[3:]), localdate(moment)
        if unit in shown:
            found[week] = plus(found[week], own if asked.direct else deep)
        if unit in cells.get(course, ()):
            found[week] = minus(found[week], own)


def _three(counts: Sequence[int]) -> Counts:
    return counts[0], counts[1], counts[2]
