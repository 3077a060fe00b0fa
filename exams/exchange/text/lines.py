"""The lines of a text file or of a Word document, with their places."""

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from courses.imports import archives
from courses.imports.draft import Unreadable as NoCourse
from courses.imports.word import package
from courses.imports.word.names import full, short
from courses.imports.word.numbering import Numbering
from courses.imports.word.styles import Styles
from exams.exchange.decoding import cleaned, text_of
from exams.exchange.pictures import media_of
from exams.exchange.question import Media
from exams.exchange.unreadable import Unreadable

ZIP = b"PK\x03\x04"


@dataclass(frozen=True)
class Line:
    """A text, and where it stands. `media` are the pictures in it."""

    place: str
    text: str
    media: tuple[Media, ...] = ()


@dataclass
class _Word:
    """A Word document while its paragraphs go by."""

    document: Any
    styles: Styles
    numbering: Numbering
    count: int = field(default=0)


def lines_of(data: bytes) -> Iterator[Line]:
    """Every line that says something. Raises Unreadable."""
    if data.startswith(ZIP):
        yield from _paragraphs(data)
        return
    for count, line in enumerate(text_of(data).split("\n"), 1):
        if line.strip():
            yield Line(_("line %(line)s") % {"line": count}, line.strip())


def is_word(data: bytes) -> bool:
    if not data.startswith(ZIP):
        return False
    try:
        with archives.opened(data) as archive:
            return "word/document.xml" in archive.namelist()
    except NoCourse:
        return False


def _paragraphs(data: bytes) -> Iterator[Line]:
    try:
        with archives.opened(data) as archive:
            document = package.opened(data, archive)
    except NoCourse as problem:
        raise Unreadable(str(problem)) from None
    except (zipfile.BadZipFile, KeyError):
        raise Unreadable(_("This is not a Word file. Please save it in Word as .docx.")) from None
    word = _Word(document, Styles(document), Numbering(document.part))
    for paragraph in document.element.body.iter(full("w:p")):
        yield from _paragraph(word, paragraph)


def _paragraph(word: _Word, element: Any) -> Iterator[Line]:
    """One paragraph with the number Word prints before it; a line break in it begins another line."""
    word.count += 1
    place = _("paragraph %(count)s") % {"count": word.count}
    label = _label(word, element)
    pictures = tuple(_pictures(word, element))
    texts = [text.strip() for text in cleaned(_text(element)).split("\n")]
    for index, text in enumerate(texts):
        shown = f"{label}{text}" if index == 0 and text else text
        own = pictures if index == 0 else ()
        if shown or own:
            yield Line(place, shown, own)


def _label(word: _Word, element: Any) -> str:
    name, level = word.styles.numbering(element)
    mark = word.numbering.next(name, level) if name else None
    return f"{mark.label} " if mark and mark.label else ""


def _text(element: Any) -> str:
    found = []
    for part in element.iter(full("w:t"), full("w:br"), full("w:cr"), full("w:tab")):
        found.append(part.text or "" if short(part) == "w:t" else "\t" if short(part) == "w:tab" else "\n")
    return "".join(found)


def _pictures(word: _Word, element: Any) -> Iterator[Media]:
    for blip in element.iter(full("a:blip")):
        part = word.document.part.related_parts.get(blip.get(full("r:embed")) or "")
        media = media_of(part.blob) if part is not None else None
        if media:
            yield media
