"""Sheets with one row an option: rows of one question share its number."""

from collections.abc import Iterator
from itertools import chain
from typing import Final

from exams.imports.readers.formats import OPTION_ROWS, Format
from exams.imports.rows import Cell, Reading, Row
from exams.imports.workbook import HEADER_WITHIN, Sheet, column_letter
from exams.rules import normalise
from exams.types.answers import truth

LETTERS: Final = "ABCDEFGH"
_BLANKS: Final = frozenset({"填空题", "填空"})


class OptionRowsReader:
    """Finds the header within the first rows of every sheet; a row without a number goes on with the one above."""

    key = OPTION_ROWS.key

    def read(self, sheets: list[Sheet]) -> Reading | None:
        tables = [table for sheet in sheets if (table := _Table.of(sheet, OPTION_ROWS))]
        if not tables:
            return None
        rows = list(chain.from_iterable(table.rows(several=len(tables) > 1) for table in tables))
        unknown = dict.fromkeys(chain.from_iterable(table.unknown for table in tables))
        return Reading(self.key, "、".join(table.sheet.name for table in tables), rows, list(unknown))


class _Table:
    """One sheet and what its columns mean."""

    def __init__(self, sheet: Sheet, header: int, fields: dict[int, str]) -> None:
        self.sheet, self.header = sheet, header
        self.names = sheet.rows[header]
        self.fields = fields

    @classmethod
    def of(cls, sheet: Sheet, format: Format) -> "_Table | None":
        for index, row in enumerate(sheet.rows[:HEADER_WITHIN]):
            fields = format.fields([normalise.header(name) for name in row])
            if fields:
                return cls(sheet, index, fields)
        return None

    @property
    def unknown(self) -> list[str]:
        """Columns that mean nothing to us and hold something."""
        below = self.sheet.rows[self.header + 1 :]
        empty = [column for column, field in self.fields.items() if not field and self.names[column]]
        return [self.names[column] for column in empty if any(len(row) > column and row[column] for row in below)]

    def rows(self, *, several: bool) -> Iterator[Row]:
        number, lines = 0, list[dict[str, Cell]]()
        for index, row in enumerate(self.sheet.rows):
            if index <= self.header or not any(row):
                continue
            cells = self._cells(index)
            if lines and not self._goes_on(cells, lines[0]):
                yield self._row(number, lines, several)
                lines = []
            number = number if lines else index + 1
            lines.append(cells)
        if lines:
            yield self._row(number, lines, several)

    def _goes_on(self, cells: dict[str, Cell], first: dict[str, Cell]) -> bool:
        own = cells["group"].text
        return own == first["group"].text or (not own and not cells["stem"].text)

    def _cells(self, index: int) -> dict[str, Cell]:
        found = {}
        for column, text in enumerate(self.sheet.rows[index]):
            if field := self.fields.get(column, ""):
                name = f"{column_letter(column)} {self.names[column]}".strip()
                found[field] = Cell(text, name, (index, column) in self.sheet.formulas)
        return found

    def _row(self, number: int, lines: list[dict[str, Cell]], several: bool) -> Row:
        first = lines[0]
        cells: dict[str, Cell] = {name: first[name] for name in ("type", "stem", "explanation") if name in first}
        options = [line["option"] for line in lines if line["option"].text]
        right = [bool(truth(line["right"].text)) for line in lines if line["option"].text]
        column = first["right"].column
        if cells["type"].text in _BLANKS or not any(right):
            answer = "|".join(option.text for option in options)
            return Row(number, {**cells, "answer": Cell(answer, column)}, self.sheet.name if several else "")
        answer = "".join(letter for letter, each in zip(LETTERS, right, strict=False) if each)
        named = {f"option_{letter}": option for letter, option in zip(LETTERS, options, strict=False)}
        return Row(number, {**cells, **named, "answer": Cell(answer, column)}, self.sheet.name if several else "")
