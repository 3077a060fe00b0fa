"""The figures of a page: from the roll-ups, and from the facts for what is not folded yet."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import BooleanField, Count, DateTimeField, F, Q, QuerySet, Sum
from django.db.models.expressions import Combinable

from courses import shelf
from lms.kernel.prepared import OneOf, Parameter, PreparedRows
from lms.reports.counting import DONE, IN_TIME, tasks
from lms.reports.figures import Asked, Cell, CourseOption, Figures, Unit, tops
from lms.reports.models import COUNTS, Rollup
from lms.reports.rollups import waiting
from lms.reports.rollups.waiting import Waiting


class Course(NamedTuple):
    id: int
    uuid: UUID
    current_edition: int | None


ABOUT = Course._fields
Part = tuple[int, bool, Course, Figures]  # a shown unit, whether of the units beneath it, course, figures
Kept = tuple[int, str, Course, Figures, Figures]  # a unit, its path, course, its own figures, those beneath it


@dataclass(frozen=True)
class Shown:
    """What a page shows: the unit asked for, and the units right below it or the tops of the scope."""

    itself: Unit | None
    below: Sequence[Unit]

    @property
    def ids(self) -> list[int]:
        return [unit.id for unit in [*self.below, *([self.itself] if self.itself else [])]]

    @property
    def inside(self) -> Q:
        """Rows of all units that are shown or lie beneath one that is."""
        found = Q(unit=self.itself.id) if self.itself else Q(pk__in=[])
        for unit in [self.itself] if self.itself and self.below else self.below:
            found |= Q(unit__path__startswith=unit.path)
        return found

    def place(self, path: str) -> tuple[int, bool] | None:
        """Under which shown unit this one counts, and whether it lies beneath it."""
        if self.itself and path == self.itself.path:
            return self.itself.id, False
        return next(((unit.id, path != unit.path) for unit in self.below if path.startswith(unit.path)), None)


def cells(scope: Sequence[Unit], asked: Asked, at: datetime, *, folded: bool = False) -> list[Cell]:
    """The figures of every course in what is shown: in the unit asked for, and in and under each of those below it.

    One statement when the caller knows that everything is `folded`, else some more; titles come from the shelf.
    """
    below = [unit for unit in scope if unit.parent == asked.unit.id] if asked.unit else tops(scope)
    shown = Shown(asked.unit, [] if asked.direct else below)
    parts = _kept(shown, asked, at) if folded else _with_waiting(shown, asked, at, waiting.now())
    found: dict[tuple[int, bool, Course], Figures] = defaultdict(Figures)
    for unit, beneath, course, figures in parts:
        found[unit, beneath, course] += figures
    options = _options({course for _, _, course in found})
    return [
        Cell(unit, options[course], figures, beneath)
        for (unit, beneath, course), figures in found.items()
        if figures != Figures()
    ]


def _options(courses: set[Course]) -> dict[Course, CourseOption]:
    wanted = {course.current_edition for course in courses if course.current_edition is not None}
    titles = {None: ""} | {pk: edition.facts.title for pk, edition in shelf.editions.many(wanted).items()}
    return {course: CourseOption(course.uuid, titles[course.current_edition]) for course in courses}


def _kept(shown: Shown, asked: Asked, at: datetime) -> Iterator[Part]:
    """Everything from the roll-ups of the shown units."""
    itself = shown.itself.id if shown.itself else None
    for unit, _path, course, own, beneath in _rollups(shown.ids, asked, at):
        yield unit, False, course, own
        if unit != itself:
            yield unit, True, course, beneath


def _with_waiting(shown: Shown, asked: Asked, at: datetime, changed: Waiting) -> Iterator[Part]:
    """The roll-ups without the cells that have changed, and those from the facts, which are read first."""
    if changed.everything:
        yield from _counted(shown, asked, at, Q())
        return
    touched = changed.cells()
    if touched:
        yield from _counted(shown, asked, at, waiting.in_cells(touched))
    if changed.rehung:
        yield from _added_up(shown, asked, at, touched)
        return
    units = {unit for many in touched.values() for unit in many}
    ids, itself = set(shown.ids), shown.itself and shown.itself.id
    for unit, path, course, own, beneath in _rollups(ids | units, asked, at):
        if unit in ids:
            yield unit, False, course, own
        if unit in ids and unit != itself:
            yield unit, True, course, beneath
        place = shown.place(path) if unit in touched.get(course.id, ()) else None
        if place:
            yield *place, course, -own


def _added_up(shown: Shown, asked: Asked, at: datetime, touched: dict[int, set[int]]) -> Iterator[Part]:
    """What the units themselves have, for a tree of which the sums are not known yet."""
    for unit, path, course, own, _beneath in _figures(_summed(shown.inside, asked.required, at)):
        place = shown.place(path)
        if place and unit not in touched.get(course.id, ()):
            yield *place, course, own


def _rollups(units: Collection[int], asked: Asked, at: datetime) -> Iterator[Kept]:
    return _figures(_OF_UNITS.all(units=units, required=asked.required, at=at))


def _figures(rows: Iterable[Sequence[Any]]) -> Iterator[Kept]:
    """From rows of `_summed`."""
    for unit, path, pk, uuid, edition, o1, o2, o3, o4, o5, b1, b2, b3, b4, b5 in rows:
        yield unit, path, Course(pk, uuid, edition), Figures(o1, o2, o3, o4, o5), Figures(b1, b2, b3, b4, b5)


def _summed(units: Q | OneOf, required: bool | Combinable, at: datetime | Combinable) -> QuerySet[Any, Any]:
    """Unit, its path, course, the figures of the unit itself and of those beneath it: one statement."""
    rows = Rollup.objects.filter(units, measure=Rollup.Measure.DUE, only_required=required).order_by()
    own = _sums("_own", at, *(F(f"own_{name}") for name in COUNTS))
    beneath = _sums("_beneath", at, *(F(name) - F(f"own_{name}") for name in COUNTS))
    return rows.values_list("unit", "unit__path", *(f"course__{name}" for name in ABOUT)).annotate(**own, **beneath)


_OF_UNITS = PreparedRows(
    lambda: _summed(OneOf("unit", "units"), Parameter("required", BooleanField()), Parameter("at", DateTimeField()))
)


def _sums(
    prefix: str, at: datetime | Combinable, assigned: Combinable, completed: Combinable, on_time: Combinable
) -> dict[str, Sum]:
    """In the order of `Figures`."""
    past = Q(moment__lt=at)
    return {
        f"{prefix}_assigned": Sum(assigned),
        f"{prefix}_completed": Sum(completed),
        f"{prefix}_overdue": Sum(assigned - completed, filter=past, default=0),
        f"{prefix}_due": Sum(assigned, filter=past, default=0),
        f"{prefix}_on_time": Sum(on_time, filter=past, default=0),
    }


def _counted(shown: Shown, asked: Asked, at: datetime, only: Q) -> Iterator[Part]:
    """The figures of these rows of AssignedPerson as the facts have them: one statement."""
    past = Q(due_at__lt=at)
    rows = (
        tasks(required=asked.required)
        .filter(only, shown.inside)
        .order_by()
        .values_list("unit__path", *(f"assignment__course__{name}" for name in ABOUT))
        .annotate(
            _assigned=Count("pk"),
            _completed=Count("pk", filter=DONE),
            _overdue=Count("pk", filter=past & ~DONE),
            _past=Count("pk", filter=past),
            _in_time=Count("pk", filter=past & IN_TIME),
        )
    )
    for path, pk, uuid, edition, *counts in rows:
        place = shown.place(path)
        if place:
            yield *place, Course(pk, uuid, edition), Figures(*counts)
