"""The completion page as an Excel workbook."""

from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import IO, Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from lms.kernel import sheets
from lms.reports.figures import Bar
from lms.reports.lines import Line, bar_label

SHEET: Final = 1_000_000  # rows; Excel knows 1,048,576
UNIT_WIDTHS: Final = (28, 10, 10, 10, 12)
NAME_WIDTHS: Final = (12, 14, 24, 34, 8, 12, 12, 12, 10)


def write(file: IO[bytes], *, scope: str, bars: Iterable[Bar], moved_out: int, lines: Iterable[Line]) -> None:
    """Two sheets: the bars of the screen, and its names."""
    with sheets.workbook(file, fractions="0%") as book:
        headings = [_("Unit"), _("To be learned"), _("Completed"), _("Overdue"), _("Completion rate")]
        book.fill(_("By unit"), headings, UNIT_WIDTHS, (_unit(bar) for bar in bars))
        names = [
            pgettext("person", "Name"),
            _("Staff number"),
            _("Unit"),
            _("Course"),
            _("Obligation"),
            _("Due"),
            _("State"),
        ]
        names += [_("Completed on"), _("Remark")]
        for number, rows in enumerate(_in_sheets(map(_person, lines)), start=1):
            book.fill(f"{_('Names')} {number}" if number > 1 else _("Names"), names, NAME_WIDTHS, rows)
        last: list[list[Any]] = [[_("Scope"), scope], [_("Moved out (persons)"), moved_out]]
        book.fill(_("About"), [_("Item"), _("Content")], (24, 60), last + [[_("Definition"), definition()]])


def definition() -> str:
    """口径, as on the screen."""
    return _(
        "A task is one person and one course in one period; of several assignments the one due first counts. "
        "Completion rate = completed ÷ assigned, rounded down. Overdue = the due date has passed and it is not "
        "completed. On time = completed by the due date ÷ tasks whose due date has passed. Figures belong to the unit "
        "on the day of assignment; names show who works there today."
    )


def _in_sheets(rows: Iterator[list[Any]]) -> Iterator[Iterable[list[Any]]]:
    """As many rows as a sheet holds, then the next ones; at least one sheet. Each is read before the next."""
    yield islice(rows, SHEET)
    for first in rows:
        yield chain([first], islice(rows, SHEET - 1))


def _unit(bar: Bar) -> list[Any]:
    figures = bar.figures
    return [bar_label(bar), figures.assigned, figures.completed, figures.overdue, figures.percent / 100]


def _person(line: Line) -> list[Any]:
    return [
        line.name,
        line.staff_no,
        line.unit,
        line.course,
        line.kind,
        line.due,
        line.state,
        line.completed,
        line.note,
    ]
