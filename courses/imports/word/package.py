"""Opening a Word file: every part looked at before the library reads it, or one clear sentence why not."""

import io
import re
import zipfile

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, iterparse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from docx import Document
from docx.document import Document as WordDocument

from courses.imports import archives
from courses.imports.draft import Unreadable

CONTENT_TYPES = "[Content_Types].xml"
MAIN = b"wordprocessingml.document.main+xml"
MAX_XML = 20 * 1024 * 1024  # bytes of all XML; a book of 500,000 characters stays below
MAX_DEPTH = 150  # elements inside each other
STRICT = b"http://purl.oclc.org/ooxml/"
KINDS = (
    (b"macroEnabled", gettext_lazy("This Word file holds macros (.docm). Please save it in Word as .docx.")),
    (b"wordprocessingml.template", gettext_lazy("This is a Word template (.dotx). Please save it in Word as .docx.")),
    (b"spreadsheetml", gettext_lazy("This is an Excel workbook. Please choose a Word file (.docx).")),
    (b"presentationml", gettext_lazy("This is a presentation. Please choose a Word file (.docx).")),
)


def opened(content: bytes, archive: zipfile.ZipFile) -> WordDocument:
    """Raises Unreadable."""
    _check_kind(archive)
    parts = [part for part in archive.infolist() if part.filename.endswith((".xml", ".rels"))]
    if sum(part.file_size for part in parts) > MAX_XML:
        raise Unreadable(_("This Word file is too long. Please split it and import the parts."))
    for part in parts:
        _check_xml(archive, part)
    try:
        return Document(io.BytesIO(content))
    except Exception as problem:  # the library raises whatever the file makes it stumble over
        raise archives.damaged() from problem


def _check_kind(archive: zipfile.ZipFile) -> None:
    info = archive.getinfo(CONTENT_TYPES)
    if info.file_size > MAX_XML:
        raise archives.damaged()
    types = archives.content_of(archive, info)
    if "_rels/.rels" in archive.namelist() and STRICT in archives.content_of(archive, archive.getinfo("_rels/.rels")):
        raise Unreadable(_("This file is “Strict Open XML”. Please save it in Word as an ordinary document (.docx)."))
    main = re.findall(rb'ContentType="([^"]*\.main\+xml)"', types)
    for mark, said in KINDS:
        if any(mark in kind for kind in main):
            raise Unreadable(str(said))
    if not any(MAIN in kind for kind in main):
        raise Unreadable(_("This is not a Word file, whatever its name says. Please save it in Word as .docx."))


def _check_xml(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """No document types, so no entities; not too deep."""
    depth = 0
    try:
        for event, element in iterparse(
            io.BytesIO(archives.content_of(archive, part)), events=("start", "end"), forbid_dtd=True
        ):
            depth += 1 if event == "start" else -1
            if depth > MAX_DEPTH:
                raise archives.damaged()
            if event == "end":
                element.clear()
    except DefusedXmlException:
        raise Unreadable(_("This file refers to things outside of itself and was refused.")) from None
    except (ParseError, ValueError, LookupError) as problem:
        if isinstance(problem, Unreadable):
            raise
        raise archives.damaged() from problem
