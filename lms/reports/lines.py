"""Lines of names and of figures: the same words on the screen, in the workbook and on paper."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from lms.reports.figures import Bar


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


def line(task: Any) -> Line:
    """From a row of `queries.people`."""
    state, tone = _state(task)
    return Line(
        name=task.name,
        staff_no=task.staff_no,
        unit=task.post_unit,
        course=task.title,
        kind=_("Required") if task.required else _("Optional"),
        due=localdate(task.due_at) if task.due_at else None,
        state=state,
        completed=localdate(task.completed_at) if task.completed_at else None,
        note=_("moved in") if task.moved_in else "",
        tone=tone,
        person=task.uuid,
        open=not task.done,
        reminded=task.reminded,
    )


def _state(task: Any) -> tuple[str, str]:
    if task.late:
        return _("Completed late"), "done"
    if task.done:
        return _("Completed"), "done"
    if task.overdue:
        return _("Overdue"), "warn"
    return _("Not completed"), ""
