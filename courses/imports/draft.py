"""What a file becomes before anything is saved: plain values that go through JSON unchanged."""

import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from html import unescape
from itertools import groupby
from typing import Any
from uuid import uuid4

from django.utils.html import strip_tags

from courses.durations import estimated_minutes

Block = dict[str, Any]


class Unreadable(ValueError):
    """The file cannot become a course; the text says why, in the reader's language."""


@dataclass(frozen=True)
class Note:
    """Something that needs a look. `place` says where in the file; empty when it is about the whole of it."""

    text: str
    place: str = ""

    def __str__(self) -> str:
        return f"{self.place}  {self.text}".strip()


@dataclass
class LessonDraft:
    title: str
    module: str = ""
    blocks: list[Block] = field(default_factory=list)

    @property
    def characters(self) -> int:
        return sum(len(re.sub(r"\s", "", text)) for block in self.blocks for text in _texts(block))

    @property
    def pictures(self) -> list[Block]:
        return [block for block in self.blocks if block["type"] == "image"]

    @property
    def minutes(self) -> int:
        return estimated_minutes(self.characters)


@dataclass
class CourseDraft:
    """`pictures`: file name → the bytes to store; image blocks name them under `file`."""

    title: str
    summary: str
    lessons: list[LessonDraft]
    notes: list[Note] = field(default_factory=list)
    pictures: dict[str, bytes] = field(default_factory=dict)

    @property
    def modules(self) -> list[str]:
        return [module for module, _lessons in groupby(lesson.module for lesson in self.lessons) if module]

    def outline(self) -> list[tuple[str, list[LessonDraft]]]:
        """Modules with their lessons, in order; lessons of no module under an empty title."""
        return [(module, list(lessons)) for module, lessons in groupby(self.lessons, lambda lesson: lesson.module)]

    def as_json(self) -> dict[str, Any]:
        """Everything but the pictures."""
        return {
            "title": self.title,
            "summary": self.summary,
            "lessons": [asdict(lesson) for lesson in self.lessons],
            "notes": [asdict(note) for note in self.notes],
        }

    @classmethod
    def from_json(cls, data: dict[str, Any], pictures: dict[str, bytes]) -> "CourseDraft":
        lessons = [LessonDraft(**lesson) for lesson in data["lessons"]]
        return cls(data["title"], data["summary"], lessons, [Note(**note) for note in data["notes"]], pictures)


def block(kind: str, value: Any) -> Block:
    return {"type": kind, "value": value, "id": str(uuid4())}


def picture(file: str, alt: str, caption: str = "") -> Block:
    return {"type": "image", "file": file, "alt": alt[:255], "caption": caption[:255]}


def table(rows: list[list[str]], header: bool = True) -> Block:
    """A table block; the rows are filled to one width."""
    width = max((len(row) for row in rows), default=0)
    value = {
        "data": [row + [""] * (width - len(row)) for row in rows],
        "first_row_is_table_header": header,
        "first_col_is_header": False,
        "table_header_choice": "row" if header else "neither",
        "table_caption": "",
        "cell": [],
        "mergeCells": [],
    }
    return block("table", value)


def words_of(html: str) -> str:
    """Text without markup, on one line."""
    return re.sub(r"\s+", " ", unescape(strip_tags(re.sub(r"<br\s*/?>|</p>|</li>", " ", html)))).strip()


def _texts(part: Block) -> Iterator[str]:
    """What there is to read in a block."""
    if part["type"] == "rich_text":
        yield words_of(part["value"])
    elif part["type"] == "callout":
        yield words_of(part["value"]["text"])
    elif part["type"] == "table":
        yield from (cell for row in part["value"]["data"] for cell in row)
