"""What readers of a format yield and writers take: a question with its media, free of any bank."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any


class Markup(StrEnum):
    PLAIN = "plain"
    HTML = "html"


class Why(StrEnum):
    """Why something of a file did not become a question."""

    REFUSED = "refused"  # it is broken, or a rule forbids it
    UNSUPPORTED = "unsupported"  # it is right, but we have nothing like it


@dataclass(frozen=True)
class Media:
    """A picture or a sound of a question, named by its SHA-256."""

    name: str
    mime: str
    data: bytes


@dataclass(frozen=True)
class Exchanged:
    """One question. `place` says where it stood in the file; `content` and `key` as in docs/questions.md.

    `points` is what the file says it is worth, as a decimal; `topic` is a path with "/"; `difficulty` 1 to 5; `skill`
    a `SkillLevel`, 1 apprentice to 8 chief technician.
    """

    place: str
    type: str
    stem: str
    content: Mapping[str, Any]
    key: Mapping[str, Any]
    markup: Markup = Markup.PLAIN
    title: str = ""
    code: str = ""
    topic: str = ""
    tags: Sequence[str] = ()
    difficulty: int = 3
    points: str = "1"
    explanation: str = ""
    basis_document: str = ""
    basis_clause: str = ""
    basis_edition: str = ""
    valid_until: date | None = None
    media: Mapping[str, Media] = field(default_factory=dict)
    skill: int | None = None


@dataclass(frozen=True)
class NotCarried:
    """Something of the file that became no question: where, what it is called there, and why in one sentence."""

    place: str
    what: str
    why: Why
    reason: str


@dataclass(frozen=True)
class Exchange:
    """A whole file as read. `remarks` are sentences about details that questions lost on the way, by place."""

    format: str
    questions: Sequence[Exchanged]
    not_carried: Sequence[NotCarried] = ()
    remarks: Sequence[tuple[str, str]] = ()
