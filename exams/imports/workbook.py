"""Opening what somebody uploaded: either sheets of texts, or one clear sentence why not."""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring, iterparse
from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from exams.imports.rows import Unreadable

MAX_BYTES = 10 * 1024 * 1024
MAX_UNPACKED = 100 * 1024 * 1024
MAX_PARTS = 2000
MAX_ROWS = 5000
HEADER_WITHIN = 5
OLE = b"\xd0\xcf\x11\xe0"
_SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


@dataclass(frozen=True)
class Sheet:
    """Texts by row and column, from A1; `formulas` are cells (row, column), both from 0, that hold a formula."""

    name: str
    rows: list[list[str]]
    formulas: frozenset[tuple[int, int]]


def sheets(data: bytes) -> list[Sheet]:
    """The sheets of an .xlsx file. Raises Unreadable."""
    package = _package(data)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        formulas = _formulas(package)
        return [_sheet(book, name, formulas.get(name, frozenset())) for name in book.sheet_names]
    except PasswordError:
        raise Unreadable(_("This workbook is protected by a password. Please save it without one.")) from None
    except (CalamineError, DefusedXmlException, ParseError, zipfile.BadZipFile, KeyError, ValueError, OSError):
        raise Unreadable(_("This file is damaged and cannot be opened. Please save it again in Excel.")) from None


def column_letter(index: int) -> str:
    """A, B … Z, AA: the name of a column counted from 0."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _package(data: bytes) -> zipfile.ZipFile:
    """The zip inside, looked at before anything is unpacked."""
    if len(data) > MAX_BYTES:
        raise Unreadable(_("The file is larger than 10 MB. Please split it."))
    if not data:
        raise Unreadable(_("The file is empty."))
    if data.startswith(OLE):
        raise Unreadable(
            _(
                "This is an old .xls file or a protected one. "
                "Please open it in Excel and save it as .xlsx without a password."
            )
        )
    if not data.startswith(b"PK"):
        raise Unreadable(_("This is not an Excel workbook. Please save it in Excel as .xlsx, or use our template."))
    try:
        package = zipfile.ZipFile(io.BytesIO(data))
    except zipfile.BadZipFile:
        raise Unreadable(_("This file is damaged and cannot be opened. Please save it again in Excel.")) from None
    parts = package.infolist()
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise Unreadable(_("Unpacked, this file is far too large for a workbook."))
    if "xl/workbook.xml" not in package.namelist():
        raise Unreadable(_("This is a zip file, not an Excel workbook. Please choose the .xlsx file inside it."))
    return package


def _sheet(book: CalamineWorkbook, name: str, formulas: frozenset[tuple[int, int]]) -> Sheet:
    found = book.get_sheet_by_name(name)
    if found.total_height > MAX_ROWS + HEADER_WITHIN:
        raise Unreadable(
            _("The sheet “%(name)s” has more than 5,000 rows of questions. Please split it.") % {"name": name}
        )
    rows = [[_text(value) for value in row] for row in found.to_python(skip_empty_area=False)]
    return Sheet(name, rows, formulas)


def _text(value: object) -> str:
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return trimmed(str(value))


def trimmed(text: str) -> str:
    """A cell without the blanks around it, whatever kind they are."""
    return text.strip("﻿ \t\r\n\u00a0\u3000")


def _formulas(package: zipfile.ZipFile) -> dict[str, frozenset[tuple[int, int]]]:
    """Where formulas stand, by sheet: the reader below shows only what they came to when the file was saved."""
    names = set(package.namelist())
    return {name: frozenset(_formula_cells(package, part)) for name, part in _parts(package).items() if part in names}


def _parts(package: zipfile.ZipFile) -> dict[str, str]:
    book = fromstring(package.read("xl/workbook.xml"))
    links = fromstring(package.read("xl/_rels/workbook.xml.rels"))
    targets = {link.get("Id", ""): link.get("Target", "") for link in links}
    return {
        sheet.get("name", ""): _inside(targets.get(sheet.get(f"{_REL}id", ""), ""))
        for sheet in book.iter(f"{_SHEET}sheet")
    }


def _inside(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _formula_cells(package: zipfile.ZipFile, part: str) -> Iterator[tuple[int, int]]:
    with package.open(part) as stream:
        for _event, element in iterparse(stream, forbid_dtd=True):
            if element.tag == f"{_SHEET}c" and element.find(f"{_SHEET}f") is not None:
                yield _place(element.get("r", ""))
            if element.tag == f"{_SHEET}row":
                element.clear()


def _place(reference: str) -> tuple[int, int]:
    found = re.fullmatch(r"([A-Z]{1,3})([0-9]{1,7})", reference)
    if not found:
        return (-1, -1)
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return int(found[2]) - 1, column - 1
