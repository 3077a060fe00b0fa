"""A table of marks in a CSV file: item names, maximum marks, then one attempt a row."""

import csv
import io
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from exams.statistics import Table

MAX_BYTES = 64 * 1024 * 1024
MAX_ITEMS = 2000
MOST_PROBLEMS = 50
DIGITS = 9  # before and behind the point
SEPARATORS = ",;\t"


@dataclass(frozen=True)
class Problem:
    """What is wrong at one place; both count from 1, `column` is None where the whole row is meant."""

    row: int
    column: int | None
    reason: str


class Unusable(Exception):
    """The file is no table of marks, and why: the first `MOST_PROBLEMS` places."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(problems)
        self.problems = problems


@dataclass(frozen=True)
class MarksFile:
    """Item names, and the marks of everybody in these items."""

    names: list[str]
    table: Table


def read_marks(content: bytes) -> MarksFile:
    """The table of a CSV file in UTF-8, UTF-16 or GB 18030, separated by commas, semicolons or tabs."""
    rows = _rows(_text(content))
    if not rows:
        raise Unusable([Problem(1, None, _("the file is empty"))])
    names = [cell.strip() for cell in _without_empty_end(rows[0][1])]
    problems = _heading_problems(names, rows)
    if problems:
        raise Unusable(problems)
    maxima, problems = _marks(*rows[1], len(names), None)
    attempts = []
    for number, cells in rows[2:]:
        marks, found = _marks(number, cells, len(names), maxima)
        problems += found
        attempts.append(marks)
        if len(problems) >= MOST_PROBLEMS:
            break
    if problems:
        raise Unusable(problems[:MOST_PROBLEMS])
    return MarksFile(names, _table(maxima, attempts))


def _text(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("gb18030", "replace")


def _rows(text: str) -> list[tuple[int, list[str]]]:
    """Rows with their numbers, without the empty ones at the end; an empty one between is a row of empty cells."""
    separator = max(SEPARATORS, key=text.partition("\n")[0].count)
    try:
        rows = list(enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=separator), start=1))
    except csv.Error as error:
        raise Unusable([Problem(1, None, _("this is no CSV file: %(error)s") % {"error": error})]) from None
    while rows and not any(cell.strip() for cell in rows[-1][1]):
        rows.pop()
    return rows


def _without_empty_end(cells: Sequence[str]) -> list[str]:
    kept = list(cells)
    while kept and not kept[-1].strip():
        kept.pop()
    return kept


def _heading_problems(names: Sequence[str], rows: Sequence[object]) -> list[Problem]:
    if not names:
        return [Problem(1, None, _("there is no item: the first row holds the item names"))]
    if len(names) > MAX_ITEMS:
        return [Problem(1, None, _("more than %(n)s items") % {"n": MAX_ITEMS})]
    problems = [Problem(1, at, _("the item has no name")) for at, name in enumerate(names, 1) if not name]
    if len(rows) < 2:
        problems.append(Problem(2, None, _("the maximum marks are missing: they stand in the second row")))
    elif len(rows) < 3:
        problems.append(Problem(3, None, _("there is no attempt: each row from the third on is one")))
    return problems


def _marks(
    row: int, cells: Sequence[str], items: int, maxima: Sequence[Decimal] | None
) -> tuple[list[Decimal], list[Problem]]:
    """The numbers of one row, and what is wrong with it; without `maxima` these are the maxima themselves."""
    cells = [*_without_empty_end(cells)]
    if len(cells) > items:
        reason = _("%(found)s cells, but only %(items)s items") % {"found": len(cells), "items": items}
        return [], [Problem(row, items + 1, reason)]
    marks, problems = [], []
    for at, cell in enumerate(cells + [""] * (items - len(cells))):
        value = _number(cell)
        problem = _problem(cell, value, None if maxima is None else maxima[at : at + 1])
        if problem:
            problems.append(Problem(row, at + 1, problem))
        elif value is not None:
            marks.append(value)
    return marks, problems


def _problem(cell: str, value: Decimal | None, maximum: Sequence[Decimal] | None) -> str:
    if not cell.strip():
        return _("the cell is empty; write 0 for an item without marks")
    if value is None:
        return _("“%(cell)s” is no number") % {"cell": cell.strip()[:20]}
    if maximum is None:
        return _("the maximum mark is negative") if value < 0 else ""
    if maximum and value > maximum[0]:
        return _("%(mark)s is more than the maximum of %(maximum)s") % {"mark": f"{value:f}", "maximum": maximum[0]}
    return ""


def _number(cell: str) -> Decimal | None:
    """A decimal of at most nine digits on either side of the point; None for anything else."""
    try:
        value = Decimal(unicodedata.normalize("NFKC", cell).strip())
    except InvalidOperation:
        return None
    if not value.is_finite() or abs(value) >= 10**DIGITS:
        return None
    return value if _decimals(value) <= DIGITS else None


def _decimals(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return -exponent if isinstance(exponent, int) else 0


def _table(maxima: Sequence[Decimal], attempts: Sequence[Sequence[Decimal]]) -> Table:
    unit = 10 ** max(0, *(_decimals(value) for row in [maxima, *attempts] for value in row))
    rows = [[int(mark * unit) for mark in row] for row in attempts]
    return Table.of_one_paper(unit, [int(maximum * unit) for maximum in maxima], rows)
