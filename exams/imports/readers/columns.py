"""A sheet with one question a row and one column an option: our template, and what question collections use."""

from collections.abc import Mapping
from typing import Final

from exams.imports import normalise
from exams.imports.rows import Cell, Reading, Row
from exams.imports.workbook import HEADER_WITHIN, Sheet, column_letter, sheets

COLUMNS: Final[Mapping[str, str]] = {
    "题型": "type",
    "试题类型": "type",
    "题干": "stem",
    "题目": "stem",
    "正确答案": "answer",
    "答案": "answer",
    "分值": "points",
    "难度": "difficulty",
    "一级专业": "topic_1",
    "二级专业": "topic_2",
    "知识点": "topic_2",
    "适用岗位": "positions",
    "技能等级": "skill",
    "解析": "explanation",
    "答案解析": "explanation",
    "依据": "basis",
    "版本": "edition",
    "有效期至": "valid_until",
    "题目编号": "code",
    **{f"选项{letter}": f"option_{letter}" for letter in "ABCDEFGH"},
}
NEEDED: Final = frozenset({"type", "stem", "answer"})


class ColumnsReader:
    """Finds the header within the first rows of any sheet, whatever order its columns have."""

    key: Final = "excel"

    def read(self, data: bytes) -> Reading | None:
        for sheet in sheets(data):
            for index, header in enumerate(sheet.rows[:HEADER_WITHIN]):
                fields = {column: COLUMNS.get(normalise.header(name), "") for column, name in enumerate(header)}
                if set(fields.values()) >= NEEDED:
                    return self._reading(sheet, index, fields)
        return None

    def _reading(self, sheet: Sheet, header: int, fields: Mapping[int, str]) -> Reading:
        names = sheet.rows[header]
        rows = [
            self._row(sheet, number, names, fields)
            for number, row in enumerate(sheet.rows)
            if number > header and any(row)
        ]
        unknown = [names[column] for column, field in fields.items() if not field and names[column]]
        return Reading(self.key, sheet.name, rows, unknown)

    def _row(self, sheet: Sheet, number: int, names: list[str], fields: Mapping[int, str]) -> Row:
        cells = {
            field: Cell(text, f"{column_letter(column)} {names[column]}", (number, column) in sheet.formulas)
            for column, text in enumerate(sheet.rows[number])
            if (field := fields.get(column, ""))
        }
        return Row(number + 1, cells)
