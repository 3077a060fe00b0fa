"""A paper as a Word file, for whoever has to change a line before it is copied."""

from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from PIL import Image

from exams import media
from exams.markup import bare
from exams.markup import media as named_media
from exams.printing.entries import Entry, Sheet
from exams.printing.wording import answer_line, facts, heading, name_line

FONT = "SimSun"
WRITING = "＿" * 36
WIDEST = 15.0  # cm


def word(sheet: Sheet) -> bytes:
    document = Document()
    _page(document)
    title = document.add_heading(heading(sheet), level=1)
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for line in (facts(sheet), name_line()):
        document.add_paragraph(line).alignment = WD_ALIGN_PARAGRAPH.CENTER
    for entry in sheet.entries:
        _entry(document, entry, sheet)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _page(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.2)
    for name in ("Normal", "Heading 1"):
        style = document.styles[name]
        style.font.name = FONT
        style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    document.styles["Normal"].font.size = Pt(10.5)
    document.core_properties.author = _("Lidian")


def _entry(document: Any, entry: Entry, sheet: Sheet) -> None:
    stem = document.add_paragraph()
    stem.paragraph_format.keep_with_next = True
    stem.add_run(f"{entry.number}. " if entry.points is not None else f"{entry.number} ").bold = True
    stem.add_run(bare(entry.body.stem, entry.markup))
    if entry.points is not None:
        stem.add_run(_(" (%(kind)s, %(points)s points)") % {"kind": entry.kind, "points": entry.worth})
    for name in _named(entry):
        _picture(document, name, sheet)
    for line in entry.body.lines:
        document.add_paragraph(bare(line, entry.markup)).paragraph_format.left_indent = Cm(0.8)
    for _line in range(entry.body.writing):
        document.add_paragraph(WRITING)
    if sheet.with_key:
        document.add_paragraph().add_run(answer_line(entry)).italic = True


def _named(entry: Entry) -> list[str]:
    """The pictures of the question: those of its texts, then the one to mark."""
    inside = set().union(*map(named_media, (entry.body.stem, *entry.body.lines)))
    return [*sorted(inside), *filter(None, [entry.body.image])]


def _picture(document: Any, name: str, sheet: Sheet) -> None:
    """Word knows no WebP: every picture is handed over as PNG."""
    if name not in sheet.pictures:
        return
    with Image.open(BytesIO(media.data(name))) as picture:
        png = BytesIO()
        picture.convert("RGBA").save(png, "PNG")
        width = min(WIDEST, picture.width / 96 * 2.54)
    document.add_picture(png, width=Cm(width))
