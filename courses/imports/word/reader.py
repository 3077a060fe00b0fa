"""From the body of a Word file to sections with parts."""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _
from docx.opc.constants import RELATIONSHIP_TYPE as RT

from courses.imports.draft import CourseDraft, Note, Unreadable
from courses.imports.outline import CHAPTER, NUMBER, PART, Section, course_of
from courses.imports.parts import Part
from courses.imports.word.context import QUOTED, Context
from courses.imports.word.inline import Inline, Line
from courses.imports.word.lists import Item, written
from courses.imports.word.names import Element, children, full, texts
from courses.imports.word.numbering import Mark, Numbering
from courses.imports.word.package import opened
from courses.imports.word.styles import Styles
from courses.imports.word.tables import Tables, caption_of

SECTION = re.compile(rf"^第{NUMBER}节")
LONGEST_CHAPTER = 40  # characters; a longer line that begins with 第…章 is a sentence
FRAMES = {"w:sdt", "w:sdtContent", "w:customXml", "w:ins", "w:moveTo", "mc:AlternateContent", "mc:Choice"}
SILENT = {"w:sectPr", "w:bookmarkStart", "w:bookmarkEnd", "w:proofErr", "w:sdtPr", "w:sdtEndPr", "w:permStart",
          "w:permEnd", "w:commentRangeStart", "w:commentRangeEnd", "w:customXmlPr", "mc:Fallback",
          "w:moveFromRangeStart", "w:moveFromRangeEnd", "w:moveToRangeStart", "w:moveToRangeEnd"}  # fmt: skip


def read(content: bytes, archive: zipfile.ZipFile, file_name: str) -> CourseDraft:
    """The course a Word file describes. Raises Unreadable with a sentence for the person who chose it."""
    document = opened(content, archive)
    reader = _Reader(document)
    try:
        sections = list(reader.sections(document.element.body))
    except RecursionError:
        raise Unreadable(_("This Word file is nested too deeply to be read.")) from None
    if not any(section.level for section in sections):
        raise Unreadable(
            _(
                "No heading was found in this file. "
                "Please give the headings the styles “Heading 1” and “Heading 2” in Word."
            )
        )
    course = course_of(sections, file_name, reader.context.notes)
    course.pictures = reader.context.gallery.kept
    return course


class _Reader:
    def __init__(self, document: Any) -> None:
        self.context = Context(document.part)
        self.styles, self.numbering = Styles(document), Numbering(document.part)
        self.inline = Inline(self.context)
        self.tables = Tables(self.context, self._cell_line)
        self.items: list[Item] = []
        self.parts: list[Part] = []
        self.by_words = self._has_chapters_without_style(document.element.body)
        self.titled = False
        self._frame(document)

    def _has_chapters_without_style(self, body: Element) -> bool:
        """A statute as many offices write it: chapters are lines like any other."""
        paragraphs = list(body.iter(full("w:p")))
        headings = sum(self.styles.level(paragraph) > 0 for paragraph in paragraphs)
        if headings > 1 or not any(_chapter_level(texts(paragraph).strip()) for paragraph in paragraphs):
            return False
        self.titled = headings == 1
        said = _("No headings were marked in Word; the chapters were recognised by their words. Please check them.")
        self.context.notes.append(Note(said))
        return True

    def _frame(self, document: Any) -> None:
        """Words of headers and footers stand on every page and belong to none."""
        said: list[str] = []
        for kind in (RT.HEADER, RT.FOOTER):
            related = [rel.target_part for rel in document.part.rels.values() if rel.reltype == kind]
            said += [texts(part.element).strip()[:QUOTED] for part in related]
        if any(said):
            kept = "；".join(dict.fromkeys(filter(None, said)))
            self.context.say_once(_("Headers and footers were left out: “%s”") % kept)

    def sections(self, body: Element) -> Iterator[Section]:
        section = Section(0, "")
        for name, child in self._flat(body):
            if name == "w:tbl":
                self._table(child)
                continue
            heading = self._paragraph(child)
            if heading is not None:
                self._end_list()
                section.parts, self.parts = self.parts, heading.parts
                yield section
                section = heading
        self._end_list()
        section.parts = self.parts
        yield section

    def _flat(self, element: Element) -> Iterator[tuple[str, Element]]:
        """Paragraphs and tables, also inside the frames that Word lays around them."""
        for name, child in children(element):
            if name in {"w:p", "w:tbl"}:
                yield name, child
            elif name in FRAMES:
                yield from self._flat(child)
            elif name in {"m:oMathPara", "m:oMath"}:
                self.parts.append(f"<p>{self.inline.words[name](child)}</p>")
            elif name not in SILENT:
                said = _("Something was left out that Word calls %(name)s.") % {"name": name.rpartition(":")[2]}
                self.context.say(said)

    def _paragraph(self, paragraph: Element) -> Section | None:
        """The heading it is, or None after its words went into the parts."""
        self.context.enter(paragraph)
        line = self.inline.line(paragraph)
        if self.inline.fields.were_contents() or self.styles.is_contents(paragraph):
            self.context.say_once(_("The table of contents was left out; the platform makes its own."))
            return None
        mark = self._mark(paragraph, line)
        label = mark.label if mark and mark.kind != "ul" else ""
        words = re.sub(r"\s+", " ", f"{label} {line.text}").strip()
        level = self._level(paragraph, words)
        if level and words:
            self.context.heading = words
            return Section(level, words, self.context.place, list(line.pictures))
        self._text(paragraph, line, mark)
        return None

    def _mark(self, paragraph: Element, line: Line) -> Mark | None:
        """Its number in a list. Lines without words have none and are not counted."""
        name, level = self.styles.numbering(paragraph)
        mark = self.numbering.next(name, level) if name and line.text else None
        return replace(mark, level=max(mark.level, self.styles.depth(paragraph))) if mark else None

    def _level(self, paragraph: Element, words: str) -> int:
        level = self.styles.level(paragraph)
        if level or not self.by_words or not words:
            return level
        if not self.titled:
            self.titled = True
            return 0 if _chapter_level(words) or len(words) > LONGEST_CHAPTER else 1
        return _chapter_level(words)

    def _text(self, paragraph: Element, line: Line, mark: Mark | None) -> None:
        if mark is not None and mark.kind != "label":
            self.items.append(Item(mark, line.html))
        elif line.text:
            self._end_list()
            if self.styles.is_caption(paragraph) and self._captioned(line.text):
                return
            label = f"{mark.label} " if mark is not None else ""
            self.parts.append(f"<p>{label}{line.html}</p>")
        if line.pictures:
            self._end_list()
            self.parts += line.pictures

    def _captioned(self, words: str) -> bool:
        last = self.parts[-1] if self.parts else ""
        return not isinstance(last, str) and caption_of(last, words)

    def _table(self, table: Element) -> None:
        self._end_list()
        cell = self.tables.only_cell(table)
        if cell is None:
            self.parts += self.tables.blocks(table)
            return
        for name, child in self._flat(cell):
            if name == "w:tbl":
                self._table(child)
            else:
                self.context.enter(child)
                line = self.inline.line(child)
                self._text(child, line, self._mark(child, line))
        self._end_list()

    def _cell_line(self, paragraph: Element) -> Line:
        self.context.enter(paragraph)
        line = self.inline.line(paragraph)
        mark = self._mark(paragraph, line)
        if mark is not None and mark.label:
            line.spans.insert(0, (line.spans[0][0], f"{mark.label} "))
        return line

    def _end_list(self) -> None:
        self.parts += written(self.items)
        self.items = []


def _chapter_level(words: str) -> int:
    """编 3, 章 4, 节 5: below the title and one heading that Word may know of."""
    if len(words) > LONGEST_CHAPTER:
        return 0
    ladder = ((PART, 3), (CHAPTER, 4), (SECTION, 5))
    return next((level for pattern, level in ladder if pattern.match(words)), 0)
