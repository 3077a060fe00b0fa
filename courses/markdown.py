"""Reads a Markdown file as the draft of a course: pure, no database.

Headings decide: `#` is the course, the next level found is one lesson each, anything deeper is a heading inside the
lesson. In a statute 编 becomes the module, 章 the lesson, 节 a heading inside it and 条 a paragraph with its number in
bold; the text itself is never changed, left out or reordered.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any
from uuid import uuid4

from django.utils.html import escape
from django.utils.translation import gettext as _
from markdown_it import MarkdownIt
from markdown_it.token import Token

from cms.sanitising import clean

MAX_BYTES = 5 * 1024 * 1024
RENAMED = {"strong": "b", "em": "i", "h1": "h3", "h2": "h3", "h5": "h4", "h6": "h4"}
ARTICLE = re.compile(r"^(第[零〇一二三四五六七八九十百千两\d]+条(?:之[一二三四五六七八九十]+)?)")
PART = re.compile(r"^第[零〇一二三四五六七八九十百\d]+(?:编|分编)")
CHAPTER = re.compile(r"^第[零〇一二三四五六七八九十百\d]+章|^附\s*则")
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
HAN = re.compile(r"[\u4e00-\u9fff]")

Block = dict[str, Any]


class UnreadableMarkdown(ValueError):
    """The file cannot become a course; the text says why, in the reader's language."""


@dataclass
class LessonDraft:
    title: str
    module: str = ""
    blocks: list[Block] = field(default_factory=list)


@dataclass
class CourseDraft:
    title: str
    summary: str
    lessons: list[LessonDraft]
    notes: list[str]

    @property
    def modules(self) -> list[str]:
        return [module for module, _lessons in groupby(lesson.module for lesson in self.lessons) if module]


def decode(content: bytes) -> tuple[str, list[str]]:
    """The text of a file and what the reader should know about its encoding. Raises UnreadableMarkdown."""
    notes: list[str] = []
    if len(content) > MAX_BYTES:
        raise UnreadableMarkdown(_("The file is larger than 5 MB. Please split it and import the parts."))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text, notes = _decode_gbk(content)
    if CONTROL.search(text):
        raise UnreadableMarkdown(_("This is not a text file. Please choose a Markdown file (.md)."))
    return text.replace("\r\n", "\n").replace("\r", "\n"), notes


def _decode_gbk(content: bytes) -> tuple[str, list[str]]:
    try:
        text = content.decode("gb18030")
    except UnicodeDecodeError:
        text = ""
    if not text or CONTROL.search(text) or len(HAN.findall(text)) < len(text) / 5:
        raise UnreadableMarkdown(_("The file's encoding was not recognised. Please save it as UTF-8 and try again."))
    return text, [_("The file is encoded as GBK and was converted to UTF-8. Please check a few lines.")]


def read(content: bytes, file_name: str) -> CourseDraft:
    """The course a file describes. Raises UnreadableMarkdown with a sentence for the person who chose it."""
    text, notes = decode(content)
    parser = MarkdownIt("commonmark", {"html": True}).enable("table")
    sections = list(_sections(parser.parse(text)))
    levels = sorted({section.level for section in sections if section.level})
    if not levels:
        raise UnreadableMarkdown(
            _("No heading was found in this file. Lines that begin with # name the course, ## name its lessons.")
        )
    return _Outline(parser, sections, levels, file_name, notes).course()


@dataclass
class _Section:
    """One heading (level 0: none yet) and the tokens under it, up to the next heading."""

    level: int
    title: str
    tokens: list[Token]


def _sections(tokens: list[Token]) -> Iterator[_Section]:
    section = _Section(0, "", [])
    position = 0
    while position < len(tokens):
        token = tokens[position]
        if token.type == "heading_open" and token.level == 0:
            yield section
            section = _Section(int(token.tag[1]), _plain(tokens[position + 1]), [])
            position += 3
            continue
        section.tokens.append(token)
        position += 1
    yield section


def _plain(inline: Token) -> str:
    parts = [child.content for child in inline.children or [] if child.type in {"text", "code_inline"}]
    return re.sub(r"\s+", " ", "".join(parts)).strip()


class _Outline:
    """Turns sections into lessons."""

    def __init__(
        self, parser: MarkdownIt, sections: list[_Section], levels: list[int], file_name: str, notes: list[str]
    ) -> None:
        self.parser, self.sections, self.notes = parser, sections, list(notes)
        titles = [section for section in sections if section.level == levels[0]]
        has_title = len(titles) == 1 and len(levels) > 1
        stem = re.sub(r"\.[A-Za-z]+$", "", file_name.replace("\\", "/").rsplit("/", 1)[-1])
        self.title = titles[0].title if has_title and titles[0].title else stem
        self.title_level = levels[0] if has_title else 0
        below = [level for level in levels if level > self.title_level]
        self.lesson_level = self._lesson_level(below)

    def _lesson_level(self, below: list[int]) -> int:
        """章 when the file has them, else the first level under the title."""
        chapters = [section.level for section in self.sections if CHAPTER.match(section.title)]
        parts = any(PART.match(section.title) for section in self.sections)
        return min(chapters) if chapters and parts else below[0]

    def course(self) -> CourseDraft:
        lessons: list[LessonDraft] = []
        preface: list[_Section] = []
        module = ""
        for section in self.sections:
            if section.level == self.title_level or not lessons and section.level == 0:
                preface.append(section)
            elif section.level < self.lesson_level:
                module = section.title
                if section.tokens:
                    lessons.append(LessonDraft(section.title, module, self._blocks(section)))
            elif section.level == self.lesson_level:
                lessons.append(LessonDraft(section.title[:255], module, self._blocks(section)))
            else:
                self._continue(lessons, section, module)
        if not lessons:
            raise UnreadableMarkdown(_("The file has a title but no lessons. Please begin each lesson with ##."))
        return CourseDraft(self.title[:255], self._summary(preface), self._without_empty(lessons), self.notes)

    def _continue(self, lessons: list[LessonDraft], section: _Section, module: str) -> None:
        if not lessons:
            lessons.append(LessonDraft(section.title, module))
        heading = f"<h3>{escape(section.title)}</h3>" if section.level == self.lesson_level + 1 else ""
        heading = heading or f"<h4>{escape(section.title)}</h4>"
        lessons[-1].blocks += self._blocks(section, heading)

    def _without_empty(self, lessons: list[LessonDraft]) -> list[LessonDraft]:
        empty = [lesson.title for lesson in lessons if not lesson.blocks]
        if empty:
            self.notes.append(_("Headings without text were left out: %(titles)s") % {"titles": "、".join(empty)})
        kept = [lesson for lesson in lessons if lesson.blocks]
        if not kept:
            raise UnreadableMarkdown(_("The file has headings but no text under them."))
        return kept

    def _summary(self, preface: list[_Section]) -> str:
        paragraphs = [_plain(token) for section in preface for token in section.tokens if token.type == "inline"]
        return "\n".join(paragraph for paragraph in paragraphs if paragraph)

    def _blocks(self, section: _Section, heading: str = "") -> list[Block]:
        blocks: list[Block] = []
        html = [heading] if heading else []
        for group in _top_level(section.tokens):
            if group[0].type == "table_open":
                blocks += _rich_text(html)
                html = []
                blocks.append(_table(group))
            else:
                html.append(self._html(group))
        return blocks + _rich_text(html)

    def _html(self, group: list[Token]) -> str:
        if group[0].type in {"html_block"} and group[0].content.strip().startswith("<!--"):
            return ""
        for token in group:
            self._tidy(token)
        html = self.parser.renderer.render(group, self.parser.options, {})
        return _number_article(clean(html))

    def _tidy(self, token: Token) -> None:
        token.tag = RENAMED.get(token.tag, token.tag)
        for child in token.children or []:
            child.tag = RENAMED.get(child.tag, child.tag)
            if child.type == "image":
                self.notes.append(
                    _("A picture was left out, please upload it: %(name)s") % {"name": child.attrGet("src") or ""}
                )


def _top_level(tokens: list[Token]) -> Iterator[list[Token]]:
    group: list[Token] = []
    for token in tokens:
        group.append(token)
        if token.level == 0 and token.nesting <= 0:
            yield group
            group = []


def _number_article(html: str) -> str:
    """`<p>第一条 …` with its number in bold; the characters stay as they are."""
    body = html.removeprefix("<p>")
    match = ARTICLE.match(body) if body != html else None
    return f"<p><b>{match[1]}</b>{body[match.end() :]}" if match else html


def _rich_text(parts: list[str]) -> list[Block]:
    html = "".join(part for part in parts if part)
    return [_block("rich_text", html)] if html else []


def _table(group: list[Token]) -> Block:
    rows: list[list[str]] = []
    for token in group:
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "inline":
            rows[-1].append(_plain(token))
    value = {"data": rows, "first_row_is_table_header": True, "first_col_is_header": False}
    return _block("table", value | {"table_header_choice": "row", "table_caption": "", "cell": [], "mergeCells": []})


def _block(kind: str, value: Any) -> Block:
    return {"type": kind, "value": value, "id": str(uuid4())}
