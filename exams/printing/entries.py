"""A fixed paper as a list of printed questions."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from exams import types
from exams.markup import bare
from exams.media import PICTURES
from exams.models import Exam, Paper, PaperItem, QuestionVersion
from exams.printing.bodies import Body, body


@dataclass(frozen=True)
class Entry:
    """One question, or one part of a case. `number` as printed: 3, or (2) within a case."""

    number: str
    body: Body
    markup: str
    kind: str = ""
    points: Decimal | None = None
    answer: str = ""
    explanation: str = ""
    basis: str = ""
    is_part: bool = False

    @property
    def worth(self) -> str:
        """The points without needless zeros."""
        return f"{self.points.normalize():f}" if self.points is not None else ""


@dataclass(frozen=True)
class Sheet:
    """A paper ready to be printed."""

    exam: Exam
    paper: Paper
    entries: Sequence[Entry]
    with_key: bool
    pictures: Mapping[str, str]  # name: MIME type

    @property
    def points(self) -> Decimal:
        return sum((entry.points for entry in self.entries if entry.points is not None), Decimal(0))

    @property
    def questions(self) -> int:
        return sum(not entry.is_part for entry in self.entries)


def sheet(exam: Exam, paper: Paper, *, with_key: bool) -> Sheet:
    """In two statements. Keys are read only when they are to be printed."""
    items = paper.items.select_related("version__question").prefetch_related("version__media")
    if not with_key:
        items = items.defer("version__key", "version__explanation")
    entries = [entry for item in items for entry in _entries(item, with_key)]
    pictures = {each.sha256: each.mime for item in items for each in item.version.media.all() if each.mime in PICTURES}
    return Sheet(exam, paper, entries, with_key, pictures)


def _entries(item: PaperItem, with_key: bool) -> Iterator[Entry]:
    version = item.version
    kind, content, parts = types.get(version.type), version.content, version.content.get("parts", [])
    yield Entry(
        str(item.position),
        body(kind.key, version.stem, content),
        version.markup,
        str(kind.label),
        item.points,
        answer=_answer(kind.key, content, version.key, version.markup) if with_key and not parts else "",
        explanation=version.explanation if with_key else "",
        basis=_basis(version) if with_key else "",
    )
    keys = version.key["parts"] if with_key and parts else [None] * len(parts)
    for number, (part, key) in enumerate(zip(parts, keys, strict=True), 1):
        answer = _answer(part["type"], part["content"], key, version.markup) if key else ""
        printed = body(part["type"], part["stem"], part["content"])
        yield Entry(f"({number})", printed, version.markup, answer=answer, is_part=True)


def _basis(version: QuestionVersion) -> str:
    parts = (version.basis_document, version.basis_edition, version.basis_clause)
    return " ".join(part for part in parts if part)


def _answer(kind: str, content: Mapping[str, Any], key: Mapping[str, Any], markup: str) -> str:
    """Letters of a choice; the right words of anything else."""
    own = types.get(kind)
    right = [line for line in own.reviewed(content, key, own.shuffled(content, None), None) if line.right]
    if kind in ("single", "multiple"):
        return "".join(line.letter for line in right)
    said = (f"{line.letter} {bare(line.text, markup)}".strip() for line in right if line.text)
    return "；".join(said)
