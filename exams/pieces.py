"""An answer as its marker sees it: what was asked, what was written, what earns points. No name anywhere."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from django.urls import reverse
from django.utils.safestring import SafeString

from exams import markup, queries, types
from exams.models import AttemptItem
from exams.rules import grading


@dataclass(frozen=True)
class Line:
    """One criterion with the name of its field; `value` and `error`: what was typed, and what is wrong with it."""

    name: str
    text: SafeString
    most: str
    key: bool
    value: str = ""
    error: bool = False


@dataclass
class Piece:
    """A question, or one part of a case, that people mark."""

    stem: SafeString
    answer: str
    reference: SafeString
    lines: list[Line] = field(default_factory=list)


def pieces(item: AttemptItem, typed: Sequence[str] = (), wrong: int | None = None) -> list[Piece]:
    """Every part of the answer with something to mark; `typed` in the order of its criteria, `wrong` the bad one."""
    found: dict[str, Piece] = {}
    for n, criterion in enumerate(queries.criteria(item)):
        piece = found.setdefault(criterion.part, _piece(item, criterion.part))
        value = typed[n] if n < len(typed) else ""
        text = _html(item, criterion.text)
        piece.lines.append(Line(f"points-{n}", text, plain(criterion.most), criterion.key, value, n == wrong))
    return list(found.values())


def stem(item: AttemptItem) -> SafeString:
    return _html(item, item.version.stem)


def plain(points: Fraction) -> str:
    """The number, to a hundredth, without zeros at the end."""
    text = f"{grading.points_of(points):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _piece(item: AttemptItem, part: str) -> Piece:
    version, asked = item.version, SafeString("")
    key, answer = version.key, item.answer
    if part:
        n = int(part) - 1
        key, answer = key["parts"][n], (answer or [])[n]
        asked = _html(item, version.content["parts"][n]["stem"])
    text = answer if isinstance(answer, str) else ""
    return Piece(asked, text, _html(item, key.get("reference", "")))


def _html(item: AttemptItem, text: str) -> SafeString:
    return markup.rendered(text, item.version.markup, lambda sha256: reverse("exams:media", args=[sha256]))


def kind_of(item: AttemptItem) -> types.QuestionType:
    return types.get(item.version.type)


@dataclass(frozen=True)
class Sheet:
    """A score sheet to fill in: its question, and a line for each thing to look at."""

    title: SafeString
    points: Decimal
    lines: list[Line]


def sheet(item: AttemptItem, typed: Sequence[str] | None = None, wrong: int | None = None) -> Sheet:
    """All points to begin with: assessors take away."""
    lines = []
    for n, each in enumerate(queries.criteria(item)):
        value = typed[n] if typed else plain(each.most)
        name = f"points-{item.position}-{n}"
        lines.append(Line(name, _html(item, each.text), plain(each.most), each.key, value, n == wrong))
    return Sheet(stem(item), item.points, lines)
