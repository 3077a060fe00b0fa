"""Lines of names and of figures: the same words on the screen, in the workbook and on paper."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from uuid import UUID

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from lms.reports.figures import Bar
from lms.reports.queries import Task


@dataclass(frozen=True)
class Line:
    """One task of one person (a uuid). `tone` colours the state on the screen; `note`: they came from elsewhere."""

    name: str
    staff_no: str
    unit: str
    course: str
    kind: str
    due: date | None
    state: str
    completed: date | None
    note: str
    tone: str
    person: UUID
    open: bool
    reminded: bool


def bar_label(bar: Bar) -> str:
    return _("%(unit)s (itself)") % {"unit": bar.label} if bar.direct else bar.label


def lines(tasks: Iterable[Task]) -> Iterator[Line]:
    """Words are looked up once, and so is each moment's day: rows are many."""
    words, day = _words(), cache(localdate)
    for task in tasks:
        state, tone = words[_state(task)]
        yield Line(
            name=task.name,
            staff_no=task.staff_no,
            unit=task.post_unit,
            course=task.title,
            kind=words["required" if task.required else "optional"][0],
            due=day(task.due_at) if task.due_at else None,
            state=state,
            completed=day(task.completed_at) if task.completed_at else None,
            note=words["moved in"][0] if task.moved_in else "",
            tone=tone,
            person=task.uuid,
            open=not task.done,
            reminded=task.reminded,
        )


def _words() -> dict[str, tuple[str, str]]:
    """What is written, and the tone of a state."""
    return {
        "late": (_("Completed late"), "done"),
        "done": (_("Completed"), "done"),
        "overdue": (_("Overdue"), "warn"),
        "open": (_("Not completed"), ""),
        "required": (_("Required"), ""),
        "optional": (_("Optional"), ""),
        "moved in": (_("moved in"), ""),
    }


def _state(task: Task) -> str:
    if task.done:
        return "late" if task.late else "done"
    return "overdue" if task.overdue else "open"
