"""What the journal has announced and the roll-ups do not hold yet, as the cells it touches: unit × course."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from django.db.models import Exists, Q

from lms.journal.models import Entry
from lms.journal.queries import something_unheard, unheard
from lms.records.models import AssignedPerson

HANDLER: Final = "reports.fold"
UNKNOWN: Final = "figures-unknown"  # an upgrade writes it: nothing is folded yet
KINDS: Final = (
    "assigned", "assigned-on-arrival", "assignment-withdrawn", "enrolment-completed", "unit-placed", UNKNOWN,
)  # fmt: skip
MOST_BY_NAME: Final = 2000  # enrolments looked up singly; of more, whole courses are counted anew


@dataclass
class Waiting:
    """Ids of what has changed. `parents`: the units above a re-hung unit, before and after."""

    everything: bool = False
    courses: set[int] = field(default_factory=set)
    assignments: set[int] = field(default_factory=set)
    enrolments: set[int] = field(default_factory=set)
    parents: set[int] = field(default_factory=set)
    rehung: bool = False

    def cells(self) -> dict[int, set[int]]:
        """Units by course. Of an enrolment all assignments are touched: the one due first may be another now."""
        touched = AssignedPerson.objects.filter(enrolment__in=self.enrolments)
        touched = touched.union(
            AssignedPerson.objects.filter(enrolment__assigned__assignment__in=self.assignments),
            AssignedPerson.objects.filter(assignment__course__in=self.courses),
        )
        found: dict[int, set[int]] = defaultdict(set)
        for course, unit in touched.values_list("assignment__course", "unit"):
            if unit is not None:
                found[course].add(unit)
        return found


def of(entries: Iterable[Entry]) -> Waiting:
    waiting, by_enrolment = Waiting(), defaultdict[int, set[int]](set)
    for entry in entries:
        told = entry.payload
        if entry.kind == UNKNOWN:
            waiting.everything = True
        elif entry.kind == "enrolment-completed":
            by_enrolment[told["course"]].add(told["enrolment"])
        elif entry.kind == "unit-placed":
            if told.get("moved"):
                waiting.rehung = True
                waiting.parents |= {unit for unit in (told["was_under"], told["parent"]) if unit is not None}
        else:
            waiting.assignments.add(told["assignment"])
    if sum(map(len, by_enrolment.values())) > MOST_BY_NAME:
        waiting.courses = set(by_enrolment)
    else:
        waiting.enrolments = {enrolment for many in by_enrolment.values() for enrolment in many}
    return waiting


def now() -> Waiting:
    """What is not folded at this moment. Read it before the roll-ups, never after."""
    return of(unheard(HANDLER))


def something() -> Exists:
    """Whether anything waits, to be asked within another statement."""
    return something_unheard(HANDLER)


def touches(course: int) -> bool:
    """Whether something waits that may change the figures of this course."""
    waiting = now()
    return waiting.everything or waiting.rehung or course in waiting.cells()


def in_cells(cells: dict[int, set[int]]) -> Q:
    """Rows of AssignedPerson in any of these cells."""
    units = {unit for many in cells.values() for unit in many}
    found = Q(pk__in=[])
    for course, many in cells.items():
        found |= Q(assignment__course=course, unit__in=many)
    return Q(unit__in=units) & found
