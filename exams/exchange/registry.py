"""The formats of question files, each as one entry. The order is that in which they are tried."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from exams.exchange import aiken, csv_file, excel, gift, json_file, moodle_xml, packages, qti, text
from exams.exchange.gathering import Written
from exams.exchange.question import Exchange, Exchanged
from exams.exchange.unreadable import Unreadable
from exams.imports.rows import Reading

XML: Final = "application/xml"
ZIP: Final = "application/zip"
TEXT: Final = "text/plain; charset=utf-8"


@dataclass(frozen=True)
class Format:
    """One kind of file. `sniff` tells from bytes and name whether a file may be of it; `write` makes one of questions.

    A workbook is read into rows, everything else into questions.
    """

    key: str
    label: str | Promise
    extensions: tuple[str, ...]
    sniff: Callable[[bytes, str], bool]
    read: Callable[[bytes, str], Exchange | Reading] | None = None
    write: Callable[[Iterable[Exchanged]], Written] | None = None
    mime: str = TEXT


def _unnamed(read: Callable[[bytes], Exchange | Reading]) -> Callable[[bytes, str], Exchange | Reading]:
    """A reader that does not care how the file is called."""
    return lambda data, name: read(data)


_ALL: Final = (
    Format("excel", _("Excel workbook"), ("xlsx",), excel.sniff, _unnamed(excel.read), excel.write, excel.MIME),
    Format(
        "moodle-xml", _("Moodle XML"), ("xml",), moodle_xml.sniff, _unnamed(moodle_xml.read), moodle_xml.write, XML
    ),
    Format(
        "json", _("JSON"), ("json",), json_file.sniff, _unnamed(json_file.read), json_file.write, "application/json"
    ),
    Format(
        "csv", _("CSV table"), ("csv", "tsv"), csv_file.sniff, _unnamed(csv_file.read), csv_file.write, csv_file.MIME
    ),
    Format("aiken", _("Aiken"), ("txt", "aiken"), aiken.sniff, _unnamed(aiken.read)),
    Format("gift", _("GIFT"), ("gift", "txt"), gift.sniff, _unnamed(gift.read), gift.write),
    Format("text", _("numbered text, Word or TXT"), ("docx", "txt"), text.sniff, _unnamed(text.read)),
    Format("qti", _("QTI 1.2, 2.x or 3.0, package or item"), ("zip", "xml"), packages.sniff, qti.read),
    Format("qti22", _("QTI 2.2 package"), ("zip",), packages.never, None, packages.counted(qti.write22), ZIP),
    Format("qti30", _("QTI 3.0 package"), ("zip",), packages.never, None, packages.counted(qti.write30), ZIP),
)
FORMATS: Final = {each.key: each for each in _ALL}


def readable() -> list[Format]:
    return [each for each in FORMATS.values() if each.read]


def writable() -> list[Format]:
    return [each for each in FORMATS.values() if each.write]


def recognised(data: bytes, name: str) -> Format | None:
    """The first format that a file may be of; None for one of none."""
    for each in readable():
        try:
            if each.sniff(data, name):
                return each
        except Unreadable:
            continue
    return None
