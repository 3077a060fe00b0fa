"""Opening an .xlsx that somebody uploaded: refuse what is no workbook or a bomb, find formulas, read the cells."""

import io
import re
import zipfile
from dataclasses import dataclass
from typing import Any, Final
from xml.etree import ElementTree

import python_calamine

from lms.people.roster.problems import RosterFileError

MOST_BYTES: Final = 10 * 1024 * 1024
MOST_UNPACKED: Final = 150 * 1024 * 1024
MOST_PARTS: Final = 2000
MOST_COLUMNS: Final = 200
MOST_ROWS: Final = 5000
_LAST_ROW: Final = 2 * MOST_ROWS  # of any value, blank rows counted
_OLE: Final = b"\xd0\xcf\x11\xe0"
_REFERENCE: Final = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_PACKAGE: Final = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_LINK: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"

Cell = Any  # str, float, bool, date, datetime … as calamine reads them


@dataclass(frozen=True)
class Sheet:
    """Rows from A1 on; `formulas` holds (row, column), both counted from 0."""

    name: str
    rows: list[list[Cell]]
    formulas: frozenset[tuple[int, int]]


def read_workbook(content: bytes) -> list[Sheet]:
    """Every worksheet of the file; RosterFileError says what is wrong with it."""
    formulas = _inspect(content)
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        return [
            Sheet(name, book.get_sheet_by_name(name).to_python(skip_empty_area=False), found)
            for name, found in formulas.items()
        ]
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException as error:  # the reader's panics do not derive from Exception
        raise RosterFileError("broken") from error


def _inspect(content: bytes) -> dict[str, frozenset[tuple[int, int]]]:
    """Check the container and the extent of each sheet before the reader builds a table of it; return the formulas."""
    if not content:
        raise RosterFileError("empty")
    if len(content) > MOST_BYTES:
        raise RosterFileError("too_big")
    if content.startswith(_OLE):
        raise RosterFileError("old_excel")
    if not content.startswith(b"PK"):
        raise RosterFileError("not_excel")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            _check_parts(package)
            return {name: _formulas(package, part) for name, part in _sheets(package)}
    except (
        zipfile.BadZipFile,
        ElementTree.ParseError,
        KeyError,
        EOFError,
        NotImplementedError,
        RuntimeError,
    ) as error:
        raise RosterFileError("broken") from error
    except Exception as error:
        if type(error).__module__ == "zlib":
            raise RosterFileError("broken") from error
        raise


def _check_parts(package: zipfile.ZipFile) -> None:
    parts = package.infolist()
    if "xl/workbook.xml" not in package.namelist():
        raise RosterFileError("zip")
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise RosterFileError("too_big")


def _sheets(package: zipfile.ZipFile) -> list[tuple[str, str]]:
    """Name and part of each worksheet, in the order of the tabs."""
    links = ElementTree.fromstring(package.read("xl/_rels/workbook.xml.rels"))
    targets = {link.get("Id"): link.get("Target", "") for link in links.iter(f"{_PACKAGE}Relationship")}
    book = ElementTree.fromstring(package.read("xl/workbook.xml"))
    found = []
    for sheet in book.iter():
        if sheet.tag.endswith("}sheet"):
            target = targets.get(sheet.get(_LINK), "")
            part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            if "worksheets/" in part:
                found.append((sheet.get("name", ""), part))
    return found


def _formulas(package: zipfile.ZipFile, part: str) -> frozenset[tuple[int, int]]:
    """Where the sheet calculates. Refuses values so far out that a table up to them would not fit."""
    found = set()
    last_row = 0
    with package.open(part) as stream:
        for _, element in ElementTree.iterparse(stream):
            if element.tag.endswith("}row"):
                element.clear()
            elif element.tag.endswith("}c") and len(element):
                row, column = _position(element.get("r", ""))
                last_row = max(last_row, row)
                if column >= MOST_COLUMNS:
                    raise RosterFileError("too_wide")
                if last_row >= _LAST_ROW:
                    raise RosterFileError("too_many_rows", rows=f"{last_row + 1:,}")
                if any(child.tag.endswith("}f") for child in element):
                    found.add((row, column))
    return frozenset(found)


def _position(reference: str) -> tuple[int, int]:
    """Row and column of "B3", from 0."""
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        return 0, 0
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return int(match[2]) - 1, column - 1
