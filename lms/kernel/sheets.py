"""Tables as an Excel workbook, written row by row: memory does not grow with the rows.

Every text is written as text, never as formula or link, and a text that Excel would take for a formula when somebody
edits the cell is marked as text for ever.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import IO, Any, Final

import xlsxwriter

FORMULA_STARTS: Final = tuple("=+-@\t\r\n|%＝＋－＠")
LONGEST_CELL: Final = 32_000


@contextmanager
def workbook(file: IO[bytes], *, fractions: str) -> Iterator["Sheets"]:
    """`fractions`: Excel's format of numbers that are no integers."""
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as book:
        yield Sheets(book, fractions)


class Sheets:
    """Writes one sheet after the other into a book."""

    def __init__(self, book: Any, fractions: str) -> None:
        self.book = book
        self.head = book.add_format({"bold": True, "bg_color": "#E4F1EE", "bottom": 1, "text_wrap": True})
        self.day = book.add_format({"num_format": "yyyy-mm-dd", "align": "left"})
        self.fraction = book.add_format({"num_format": fractions})
        self.text = book.add_format({"num_format": "@", "quote_prefix": True})

    def fill(self, title: str, heads: Sequence[str], widths: Sequence[int], rows: Iterable[Sequence[Any]]) -> None:
        """A sheet whose first row stays in sight. Cells are texts, lazy ones too, numbers, days, or None."""
        sheet = self.book.add_worksheet(title[:31])
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        sheet.freeze_panes(1, 0)
        for column, heading in enumerate(heads):
            sheet.write_string(0, column, heading, self.head)
        for number, row in enumerate(rows, start=1):
            for column, value in enumerate(row):
                self._cell(sheet, number, column, value)

    def _cell(self, sheet: Any, row: int, column: int, value: Any) -> None:
        if value is None or value == "":
            return
        if isinstance(value, int | float):
            sheet.write_number(row, column, value, self.fraction if isinstance(value, float) else None)
        elif isinstance(value, date):
            sheet.write_datetime(row, column, value, self.day)
        else:
            text = str(value)[:LONGEST_CELL]
            sheet.write_string(row, column, text, self.text if text.startswith(FORMULA_STARTS) else None)
