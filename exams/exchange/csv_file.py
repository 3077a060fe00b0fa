"""Our workbook's table as CSV: whatever an office program in China or elsewhere makes of it is read.

A cell that a spreadsheet would take for a formula goes out with an apostrophe before it, which says "text" there, and
comes back without it.
"""

import csv
import io
import re
from collections.abc import Iterable
from typing import Final

from django.utils.translation import gettext as _

from exams.exchange.decoding import text_of
from exams.exchange.excel import cells
from exams.exchange.gathering import Written
from exams.exchange.question import Exchanged
from exams.exchange.unreadable import Unreadable
from exams.exchange.writing import Sheet as Account
from exams.imports.read import read_sheets
from exams.imports.readers import READERS
from exams.imports.rows import Reading
from exams.imports.template import HEADER
from exams.imports.workbook import HEADER_WITHIN, MAX_ROWS, Sheet, trimmed

__all__ = ["MIME", "read", "sniff", "write"]
MIME: Final = "text/csv; charset=utf-8"
NAME: Final = "CSV"
DELIMITERS: Final = (",", ";", "\t")
COLUMNS: Final = 256  # of a row that are looked at
LONGEST_CELL: Final = 200_000  # characters
_DANGEROUS: Final = re.compile("'*[=+\\-@＝＋－＠\t\r]")
_MARKED: Final = re.compile("'+[=+\\-@＝＋－＠\t\r]")
_OTHERS: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF")


def sniff(data: bytes, name: str) -> bool:
    """Named so, or a table with a header that we know."""
    if data.startswith(_OTHERS):
        return False
    return name.lower().endswith((".csv", ".tsv")) or _delimiter(text_of(data)) is not None


def read(data: bytes) -> Reading:
    """The rows below the header. Raises Unreadable."""
    text = text_of(data)
    sheet = _sheet(text, _delimiter(text) or ",", most=MAX_ROWS + HEADER_WITHIN + 1)
    if len(sheet.rows) > MAX_ROWS + HEADER_WITHIN:
        raise Unreadable(_("The file has more than 5,000 questions. Please split it."))
    return read_sheets([sheet])


def write(questions: Iterable[Exchanged]) -> Written:
    """UTF-8 with its mark, so that Excel shows Chinese; commas. What has no column is said."""
    account, stream = Account(), io.StringIO(newline="")
    table = csv.writer(stream)
    table.writerow(name for name, _width in HEADER)
    for question in questions:
        own = account.take(question, lambda question=question: cells(question, account))  # type: ignore[misc]
        if own is not None:
            table.writerow(harmless(own.get(name, "")) for name, _width in HEADER)
    return account.written(stream.getvalue().encode("utf-8-sig"))


def harmless(text: str) -> str:
    """A cell that no spreadsheet calculates."""
    return f"'{text}" if _DANGEROUS.match(text) else text


def _delimiter(text: str) -> str | None:
    """The one with which the first rows are a table that we know."""
    for delimiter in DELIMITERS:
        try:
            begin = _sheet(text[:20_000], delimiter, most=HEADER_WITHIN)
        except Unreadable:
            continue
        if any(reader.read([begin]) is not None for reader in READERS):
            return delimiter
    return None


def _sheet(text: str, delimiter: str, *, most: int) -> Sheet:
    """At most so many rows; a first line `sep=;`, as Excel understands it, is none of them."""
    body = re.sub(r"\Asep=.\n", "", text, flags=re.IGNORECASE)
    rows: list[list[str]] = []
    before = csv.field_size_limit(LONGEST_CELL)
    try:
        for row in csv.reader(io.StringIO(body, newline=""), delimiter=delimiter):
            rows.append([_meant(cell) for cell in row[:COLUMNS]])
            if len(rows) >= most:
                break
    except csv.Error:
        raise Unreadable(
            _("This table cannot be read: a quotation mark is not closed, or a cell is too long.")
        ) from None
    finally:
        csv.field_size_limit(before)
    return Sheet(NAME, rows, frozenset())


def _meant(cell: str) -> str:
    text = trimmed(cell)
    return text[1:] if _MARKED.match(text) else text
