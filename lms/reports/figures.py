"""Figures of completion and how they add up over a tree of units: pure arithmetic."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

BENEATH = "*/"  # no unit's code: stands for whatever lies under a unit


@dataclass(frozen=True)
class Figures:
    """Counts of tasks: one person, one course, one period. `due`: the due date has passed; `on_time`: done by then."""

    assigned: int = 0
    completed: int = 0
    overdue: int = 0
    due: int = 0
    on_time: int = 0

    def __add__(self, other: "Figures") -> "Figures":
        return Figures(
            self.assigned + other.assigned,
            self.completed + other.completed,
            self.overdue + other.overdue,
            self.due + other.due,
            self.on_time + other.on_time,
        )

    def __neg__(self) -> "Figures":
        return Figures(-self.assigned, -self.completed, -self.overdue, -self.due, -self.on_time)

    @property
    def percent(self) -> int:
        """Completed of assigned, rounded down: 100 means all."""
        return 100 * self.completed // self.assigned if self.assigned else 0

    @property
    def on_time_percent(self) -> int | None:
        """Done by the due date of all that were due; None when nothing was due yet."""
        return 100 * self.on_time // self.due if self.due else None


@dataclass(frozen=True)
class Unit:
    """One unit in scope; `parent` is the id of the unit above, in scope or not."""

    id: int
    code: str
    name: str
    path: str
    parent: int | None


@dataclass(frozen=True)
class CourseOption:
    uuid: UUID
    title: str


@dataclass(frozen=True)
class Asked:
    """What the viewer asked to see. `unit` is in scope, None for all of it; `direct`: without the units below."""

    unit: Unit | None = None
    direct: bool = False
    course: UUID | None = None
    required: bool = False
    state: str = ""


@dataclass(frozen=True)
class Cell:
    """The figures of one course in one unit, as the database counts them; `below`: in all units beneath it."""

    unit: int
    course: CourseOption
    figures: Figures
    below: bool = False


@dataclass(frozen=True)
class Bar:
    """One line of a list of bars. `opens`: "unit" (its sub-units), "people" (names) or "course"."""

    key: str
    label: str
    figures: Figures
    opens: str
    direct: bool = False


@dataclass
class Board:
    """What the completion page shows of one unit, or of all top units in scope when `unit` is None.

    `units` are units in scope, at least those shown and those above; `cells` the figures of what is shown, of every
    course, each task in one of them only.
    """

    units: Sequence[Unit]
    cells: Iterable[Cell]
    unit: Unit | None
    course: UUID | None
    _by_path: dict[str, Figures] = field(default_factory=lambda: defaultdict(Figures))
    _by_course: dict[CourseOption, Figures] = field(default_factory=lambda: defaultdict(Figures))

    def __post_init__(self) -> None:
        paths = {unit.id: unit.path for unit in self.units}
        inside = self.unit.path if self.unit else ""
        for cell in self.cells:
            path = paths.get(cell.unit, "")
            if not path or not path.startswith(inside):
                continue
            self._by_course[cell.course] += cell.figures
            if self.course in (None, cell.course.uuid):
                self._by_path[path + BENEATH if cell.below else path] += cell.figures

    @property
    def total(self) -> Figures:
        return sum(self._by_path.values(), Figures())

    @property
    def courses(self) -> list[CourseOption]:
        return sorted(self._by_course, key=lambda course: course.title)

    @property
    def by_course(self) -> list[Bar]:
        bars = [Bar(str(course.uuid), course.title, figures, "course") for course, figures in self._by_course.items()]
        return worst_first(bars)

    @property
    def by_unit(self) -> list[Bar]:
        """The units below, with everything under them, and who works directly in this one."""
        bars = [self._bar(unit) for unit in self._below()]
        if self.unit and bars:
            own = self._by_path.get(self.unit.path, Figures())
            bars.append(Bar(self.unit.code, self.unit.name, own, "people", direct=True))
        return worst_first(bar for bar in bars if bar.figures.assigned)

    @property
    def itself(self) -> list[Bar]:
        """A unit without units below, as its only line."""
        return [Bar(self.unit.code, self.unit.name, self.total, "people")] if self.unit else []

    @property
    def idle(self) -> int:
        """How many units below have nothing assigned."""
        return sum(not self._rolled_up(unit).assigned for unit in self._below())

    def _below(self) -> list[Unit]:
        if self.unit:
            return [unit for unit in self.units if unit.parent == self.unit.id]
        return tops(self.units)

    def _bar(self, unit: Unit) -> Bar:
        return Bar(unit.code, unit.name, self._rolled_up(unit), "unit" if self._has_below(unit) else "people")

    def _rolled_up(self, unit: Unit) -> Figures:
        return sum((f for path, f in self._by_path.items() if path.startswith(unit.path)), Figures())

    def _has_below(self, unit: Unit) -> bool:
        return any(path != unit.path and path.startswith(unit.path) for path in self._by_path)


def tops(units: Sequence[Unit]) -> list[Unit]:
    """The units of a scope that have no unit of the scope above them."""
    known = {unit.id for unit in units}
    return [unit for unit in units if unit.parent not in known]


def choose(units: Sequence[Unit], code: str) -> Unit | None:
    """The unit with this code, else the only top unit; None is all of a scope with several. LookupError: not there."""
    if not code:
        top = tops(units)
        return top[0] if len(top) == 1 else None
    for unit in units:
        if unit.code == code:
            return unit
    raise LookupError(code)


def worst_first(bars: Iterable[Bar]) -> list[Bar]:
    """Lowest completion first; of equals the one with more overdue, then by name."""
    return sorted(bars, key=lambda bar: (bar.figures.percent, -bar.figures.overdue, bar.label))
