"""Reads Markdown as sections: pure, no database. What the headings mean is `outline`'s to say."""

import re
from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _
from markdown_it import MarkdownIt
from markdown_it.token import Token

from cms.sanitising import clean
from courses.imports import draft
from courses.imports.draft import CourseDraft, Note, Unreadable
from courses.imports.illustrations import Illustrations, tags_as_images
from courses.imports.outline import Section, course_of
from courses.imports.parts import Part
from courses.imports.scripts import shifted

MAX_BYTES = 5 * 1024 * 1024
RENAMED = {"strong": "b", "em": "i", "h1": "h3", "h2": "h3", "h5": "h4", "h6": "h4"}
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
HAN = re.compile(r"[\u4e00-\u9fff]")


def decode(content: bytes) -> tuple[str, list[Note]]:
    """The text of a file and what the reader should know about its encoding. Raises Unreadable."""
    notes: list[Note] = []
    if len(content) > MAX_BYTES:
        raise Unreadable(_("The file is larger than 5 MB. Please split it and import the parts."))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text, notes = _decode_gbk(content)
    if CONTROL.search(text):
        raise Unreadable(_("This is not a text file. Please choose a Markdown file (.md) or a Word file (.docx)."))
    return text.replace("\r\n", "\n").replace("\r", "\n"), notes


def _decode_gbk(content: bytes) -> tuple[str, list[Note]]:
    try:
        text = content.decode("gb18030")
    except UnicodeDecodeError:
        text = ""
    if not text or CONTROL.search(text) or len(HAN.findall(text)) < len(text) / 5:
        raise Unreadable(_("The file's encoding was not recognised. Please save it as UTF-8 and try again."))
    return text, [Note(_("The file is encoded as GBK and was converted to UTF-8. Please check a few lines."))]


def read(content: bytes, file_name: str, pictures: Mapping[str, bytes] | None = None) -> CourseDraft:
    """The course a file describes; `pictures` came with it, by path. Raises Unreadable with a sentence."""
    text, notes = decode(content)
    parser = MarkdownIt("commonmark", {"html": True}).enable("table")
    # Which addresses are allowed is decided when pictures are looked for and the HTML is cleaned.
    parser.validateLink = lambda url: True  # type: ignore[method-assign]
    illustrations = Illustrations(file_name, pictures or {}, notes)
    sections = list(_Reader(parser, illustrations).sections(parser.parse(text)))
    if not any(section.level for section in sections):
        raise Unreadable(
            _("No heading was found in this file. Lines that begin with # name the course, ## name its lessons.")
        )
    course = course_of(sections, file_name, notes)
    illustrations.say_unused()
    course.pictures = illustrations.gallery.kept
    return course


class _Reader:
    def __init__(self, parser: MarkdownIt, illustrations: Illustrations) -> None:
        self.parser, self.illustrations = parser, illustrations

    def sections(self, tokens: list[Token]) -> Iterator[Section]:
        section = Section(0, "")
        for group in _top_level(tokens):
            if group[0].type == "heading_open":
                yield section
                section = Section(int(group[0].tag[1]), _plain(group[1]), _place(group[0]))
                section.parts += self.illustrations.taken_from(group)
            else:
                section.parts += self._parts(group)
        yield section

    def _parts(self, group: list[Token]) -> Iterator[Part]:
        """One block of Markdown; the pictures inside it come after it."""
        tags_as_images(group)
        if group[0].type == "html_block" and group[0].content.strip().startswith("<!--"):
            return
        pictures = self.illustrations.taken_from(group)
        if pictures and group[0].type != "paragraph_open" and group[0].type != "html_block":
            said = _("Pictures inside a list, table or quotation now stand after it.")
            self.illustrations.notes.append(Note(said, _place(group[0])))
        if group[0].type == "table_open":
            yield _table(group)
        else:
            for token in group:
                _rename(token)
                self._shift(token)
            html = clean(self.parser.renderer.render(group, self.parser.options, {}))
            if html and html != "<p></p>":
                yield html
        yield from pictures

    def _shift(self, token: Token) -> None:
        """`<sup>` and `<sub>`, which the editor does not have."""
        tag = ""
        for child in token.children or []:
            if child.type == "html_inline":
                tag = child.content.strip("<>").lower() if child.content.lower() in {"<sup>", "<sub>"} else ""
            elif tag and child.type == "text":
                found = shifted(child.content, raised=tag == "sup")
                if found is None:
                    said = _("Raised or lowered letters stand in the line: “%s”") % child.content
                    self.illustrations.notes.append(Note(said, _place(token)))
                child.content = child.content if found is None else found


def _top_level(tokens: list[Token]) -> Iterator[list[Token]]:
    group: list[Token] = []
    for token in tokens:
        group.append(token)
        if token.level == 0 and token.nesting <= 0:
            yield group
            group = []


def _rename(token: Token) -> None:
    token.tag = RENAMED.get(token.tag, token.tag)
    for child in token.children or []:
        child.tag = RENAMED.get(child.tag, child.tag)


def _place(token: Token) -> str:
    return _("Line %(n)d") % {"n": token.map[0] + 1} if token.map else ""


def _plain(inline: Token) -> str:
    parts = [
        " " if child.type in {"softbreak", "hardbreak"} else child.content
        for child in inline.children or []
        if child.type in {"text", "code_inline", "softbreak", "hardbreak"}
    ]
    return re.sub(r"\s+", " ", "".join(parts)).strip()


def _table(group: list[Token]) -> draft.Block:
    rows: list[list[str]] = []
    for token in group:
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "inline":
            rows[-1].append(_plain(token))
    return draft.table(rows)
