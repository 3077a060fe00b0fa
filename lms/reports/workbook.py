"""The completion page as an Excel workbook, written row by row: memory does not grow with the rows.

Every text is written as text, never as formula or link, and a text that Excel would take for a formula when somebody
edits the cell is marked as text for ever.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import chain, islice
from typing import IO, Any, Final

import xlsxwriter
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from lms.reports.figures import Bar
from lms.reports.lines import Line, bar_label

FORMULA_STARTS: Final = tuple("=+-@\t\r\n|%＝＋－＠")
LONGEST_CELL: Final = 32_000
SHEET: Final = 1_000_000  # rows; Excel knows 1,048,576
UNIT_WIDTHS: Final = (28, 10, 10, 10, 12)
NAME_WIDTHS: Final = (12, 14, 24, 34, 8, 12, 12, 12, 10)


def write(file: IO[bytes], *, scope: str, bars: Iterable[Bar], moved_out: int, lines: Iterable[Line]) -> None:
    """Two sheets: the bars of the screen, and its names."""
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as book:
        sheets = Sheets(book)
        headings = [_("Unit"), _("To be learned"), _("Completed"), _("Overdue"), _("Completion rate")]
        sheets.fill(_("By unit"), headings, UNIT_WIDTHS, (_unit(bar) for bar in bars))
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
            sheets.fill(f"{_('Names')} {number}" if number > 1 else _("Names"), names, NAME_WIDTHS, rows)
        last: list[list[Any]] = [[_("Scope"), scope], [_("Moved out (persons)"), moved_out]]
        sheets.fill(_("About"), [_("Item"), _("Content")], (24, 60), last + [[_("Definition"), definition()]])


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


class Sheets:
    """Writes one sheet after the other into a book."""

    def __init__(self, book: Any) -> None:
        self.book = book
        self.head = book.add_format({"bold": True, "bg_color": "#E4F1EE", "bottom": 1})
        self.day = book.add_format({"num_format": "yyyy-mm-dd", "align": "left"})
        self.rate = book.add_format({"num_format": "0%"})
        self.text = book.add_format({"num_format": "@", "quote_prefix": True})

    def fill(self, title: str, headings: list[str], widths: tuple[int, ...], rows: Iterable[list[Any]]) -> None:
        sheet = self.book.add_worksheet(title[:31])
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        sheet.freeze_panes(1, 0)
        for column, heading in enumerate(headings):
            sheet.write_string(0, column, heading, self.head)
        for number, row in enumerate(rows, start=1):
            for column, value in enumerate(row):
                self._cell(sheet, number, column, value)

    def _cell(self, sheet: Any, row: int, column: int, value: Any) -> None:
        if value is None or value == "":
            return
        if isinstance(value, str):
            risky = value.startswith(FORMULA_STARTS)
            sheet.write_string(row, column, value[:LONGEST_CELL], self.text if risky else None)
        elif isinstance(value, date):
            sheet.write_datetime(row, column, value, self.day)
        else:
            sheet.write_number(row, column, value, self.rate if isinstance(value, float) else None)
