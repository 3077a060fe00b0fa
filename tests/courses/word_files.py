"""Word files to import, written by code: what the library can, and raw XML for the rest."""

import io
import zipfile
from collections.abc import Callable
from typing import Any

from docx import Document
from docx.oxml.parser import parse_xml

from courses.imports.word.names import NAMESPACES

DECLARED = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())
WPS = 'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'


def saved(document: Any) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def word(fill: Callable[[Any], Any] | None = None, *raw: str) -> bytes:
    """A course of one lesson; `fill` goes on writing it, `raw` are paragraphs and tables as XML."""
    document = Document()
    document.add_heading("触电急救", 0)
    document.add_heading("脱离电源", 1)
    document.add_paragraph("先断电，再救人。")
    if fill is not None:
        fill(document)
    for part in raw:
        document.element.body.insert(-1, parse_xml(declared(part)))
    return saved(document)


def declared(part: str) -> str:
    """The XML with Word's namespaces declared on its outermost element."""
    name, rest = part[1:].split(">", 1) if "/>" not in part.split(">", 1)[0] else (part[1:].split("/", 1)[0], "")
    return f"<{name} {DECLARED}>{rest}" if rest else f"<{name} {DECLARED}/>"


def changed(content: bytes, **parts: bytes | None) -> bytes:
    """The same package with other parts: `word__document_xml` is word/document.xml, None takes it out."""
    wanted = {name.replace("__", "/").replace("_xml", ".xml"): value for name, value in parts.items()}
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in wanted:
                new.writestr(name, old.read(name))
        for name, value in wanted.items():
            if value is not None:
                new.writestr(name, value)
    return out.getvalue()


def part_of(content: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name)
