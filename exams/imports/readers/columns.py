"""Sheets with one question a row: one column an option, or all options in one cell."""

from collections.abc import Iterator
from itertools import chain

from exams import types
from exams.imports.readers.formats import Format
from exams.imports.rows import Cell, Reading, Row
from exams.imports.workbook import HEADER_WITHIN, Sheet, column_letter
from exams.rules import normalise

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class ColumnsReader:
    """Finds the header within the first rows of every sheet, whatever order its columns have."""

    def __init__(self, format: Format) -> None:
        self.format = format
        self.key = format.key

    def read(self, sheets: list[Sheet]) -> Reading | None:
        tables = [table for sheet in sheets if (table := self._table(sheet))]
        if not tables:
            return None
        rows = list(chain.from_iterable(table.rows(several=len(tables) > 1) for table in tables))
        unknown = dict.fromkeys(chain.from_iterable(table.unknown for table in tables))
        return Reading(self.key, "、".join(table.sheet.name for table in tables), rows, list(unknown))

    def _table(self, sheet: Sheet) -> "_Table | None":
        for index, row in enumerate(sheet.rows[:HEADER_WITHIN]):
            fields = self.format.fields([normalise.header(name) for name in row])
            if fields:
                return _Table(sheet, index, fields, self.format)
        return None


class _Table:
    """One sheet and what its columns mean."""

    def __init__(self, sheet: Sheet, header: int, fields: dict[int, str], format: Format) -> None:
        self.sheet, self.header, self.format = sheet, header, format
        self.names = sheet.rows[header]
        self.fields = fields | self._spread(fields)
        self.sheet_type = self._sheet_type()

    @property
    def unknown(self) -> list[str]:
        return [self.names[column] for column, field in self.fields.items() if not field and self.names[column]]

    def rows(self, *, several: bool) -> Iterator[Row]:
        """`several`: the file has more such sheets, so that a row needs the name of its own."""
        for number, row in enumerate(self.sheet.rows):
            if number > self.header and any(row):
                yield Row(number + 1, self._cells(number), self.sheet.name if several else "")

    def _spread(self, fields: dict[int, str]) -> dict[int, str]:
        """Columns without a name that follow the one of the options go on with them."""
        found, before = {}, ""
        for column, name in enumerate(self.names):
            before = before if not name else fields[column]
            if before == "options":
                found[column] = before
        return found

    def _sheet_type(self) -> str:
        known = self.format.typed_sheets and types.named(normalise.sameness(self.sheet.name))
        return self.sheet.name if known else ""

    def _cells(self, number: int) -> dict[str, Cell]:
        cells: dict[str, Cell] = {}
        options: list[Cell] = []
        for column, text in enumerate(self.sheet.rows[number]):
            field = self.fields.get(column, "")
            cell = Cell(text, f"{column_letter(column)} {self.names[column]}".strip(), self._formula(number, column))
            if field == "options":
                options += self._options(cell)
            elif field:
                cells[field] = cell
        cells |= {f"option_{letter}": cell for letter, cell in zip(LETTERS, options, strict=False)}
        if self.sheet_type and not cells.get("type", Cell("")).text:
            cells["type"] = Cell(self.sheet_type, self.sheet.name)
        return cells

    def _formula(self, number: int, column: int) -> bool:
        return (number, column) in self.sheet.formulas

    def _options(self, cell: Cell) -> list[Cell]:
        """The options of one cell, by place: an empty one between others keeps its letter. Never none."""
        assert self.format.between
        parts = [part.strip(" \u3000$") for part in self.format.between.split(cell.text)]
        while len(parts) > 1 and not parts[-1]:
            parts.pop()
        return [Cell(part, cell.column, cell.formula) for part in parts]
