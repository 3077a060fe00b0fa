"""From cells to plain values and problems, without looking at the database."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from lms.people.enums import Employment, PositionFamily, PostStatus
from lms.people.roster import cells
from lms.people.roster.columns import COLUMNS, LABELS, Header
from lms.people.roster.problems import Problem, RosterFileError
from lms.people.roster.workbook import MOST_ROWS, Cell, Sheet
from lms.people.rules import is_number

EMPLOYMENT: Final = {
    "全民": Employment.OWN,
    "全民职工": Employment.OWN,
    "集体": Employment.COLLECTIVE,
    "集体职工": Employment.COLLECTIVE,
    "供电服务公司": Employment.SERVICE_COMPANY,
    "劳务派遣": Employment.DISPATCHED,
    "外包": Employment.CONTRACTOR,
    "外包人员": Employment.CONTRACTOR,
    "实习": Employment.INTERN,
    "实习生": Employment.INTERN,
}
FAMILIES: Final = {
    "管理": PositionFamily.MANAGEMENT,
    "专业": PositionFamily.PROFESSIONAL,
    "技能": PositionFamily.SKILLED,
}
STATUSES: Final = {
    "在岗": PostStatus.ON_POST,
    "休假": PostStatus.ON_LEAVE,
    "借出": PostStatus.LENT,
    "离岗": PostStatus.OFF_POST,
    "退休": PostStatus.RETIRED,
}
_LONGEST: Final = {
    "name": 100,
    "phone": 32,
    "email": 254,
    "company": 32,
    "unit": 32,
    "position": 32,
    "position_name": 100,
    "unit_name": 100,
    "path": 255,
}


@dataclass
class Row:
    """One person of the file. `values` holds strings, days as ISO; "" where the file says nothing."""

    number: int  # as Excel counts
    values: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    numeric: bool = False  # the staff number was a number cell

    def get(self, key: str) -> str:
        return self.values.get(key, "")

    def complain(self, key: str, code: str, value: str = "", *, column: str = "") -> None:
        self.problems.append(Problem(column or LABELS[key], code, value))

    def as_json(self) -> dict[str, Any]:
        problems = [[problem.column, problem.code, problem.value] for problem in self.problems]
        return {"number": self.number, "values": self.values, "problems": problems, "numeric": self.numeric}

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> "Row":
        problems = [Problem(*problem) for problem in stored["problems"]]
        return cls(stored["number"], stored["values"], problems, stored["numeric"])


def read_rows(sheet: Sheet, header: Header) -> list[Row]:
    """Everybody below the header; blank rows are skipped. RosterFileError for nobody or more than 5,000."""
    rows = []
    for index, line in enumerate(sheet.rows[header.row + 1 :], header.row + 1):
        if any(cells.text(value) for value in line):
            rows.append(_row(index, line, header, sheet.formulas))
    if not rows:
        raise RosterFileError("no_rows")
    if len(rows) > MOST_ROWS:
        raise RosterFileError("too_many_rows", rows=f"{len(rows):,}")
    _find_doubles(rows)
    return rows


def _row(index: int, line: list[Cell], header: Header, formulas: frozenset[tuple[int, int]]) -> Row:
    row = Row(index + 1)
    for key, (position, column) in header.places.items():
        value = line[position] if position < len(line) else None
        if (index, position) in formulas:
            row.complain(key, "formula", column=column)
            row.values[key] = ""
        else:
            _take(row, key, value, column)
    return row


def _take(row: Row, key: str, value: Cell, column: str) -> None:
    """Put the cell's meaning into the row, or say what is wrong with it."""
    written = _WRITTEN.get(key, cells.text)(value)
    row.values[key] = written
    if key == "staff_no":
        row.numeric = cells.is_number(value)
    if not written:
        if key in _REQUIRED:
            row.complain(key, "missing", column=column)
    elif len(written) > _LONGEST.get(key, 200):
        row.complain(key, "too_long", column=column)
    elif key == "staff_no" and not is_number(written):
        row.complain(key, "number", written, column=column)
    elif key in _CHOICES and written not in _CHOICES[key]:
        row.complain(key, "choice", written, column=column)
    elif key in _DAYS:
        _take_day(row, key, value, column)


def _take_day(row: Row, key: str, value: Cell, column: str) -> None:
    try:
        found = cells.day(value)
    except ValueError:
        row.complain(key, "date", cells.text(value), column=column)
    else:
        row.values[key] = found.isoformat() if found else ""


def _find_doubles(rows: list[Row]) -> None:
    """The second row with a number is wrong; the first stands."""
    first: dict[str, int] = {}
    for row in rows:
        number = row.get("staff_no").upper()
        if number in first:
            row.complain("staff_no", "double", str(first[number]))
        elif number:
            first[number] = row.number


def day_of(row: Row, key: str) -> date | None:
    return date.fromisoformat(row.get(key)) if row.get(key) else None


_REQUIRED = frozenset(column.key for column in COLUMNS if column.required)
_DAYS = frozenset({"joined_on", "post_since", "status_since"})
_CHOICES: dict[str, dict[str, Any]] = {"employment": EMPLOYMENT, "family": FAMILIES, "status": STATUSES}
_WRITTEN: dict[str, Callable[[Any], str]] = {
    "staff_no": cells.code,
    "name": cells.name,
    "phone": cells.code,
    "email": cells.code,
    "company": cells.code,
    "unit": cells.code,
    "position": cells.code,
    "employment": cells.code,
    "family": cells.code,
    "status": cells.code,
}
