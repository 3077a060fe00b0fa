"""Aiken: a line of text, options `A.` or `A)`, and `ANSWER: B`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from django.utils.translation import gettext as _

from exams.exchange.decoding import text_of
from exams.exchange.gathering import Gathering
from exams.exchange.question import Exchange, Exchanged
from exams.exchange.unreadable import Broken

_OPTION: Final = re.compile(r"^\s*([A-Z])[.)]\s+(.+)$")
_ANSWER: Final = re.compile(r"^\s*ANSWER:\s*(.*?)\s*$", re.IGNORECASE)
_LIKELY: Final = re.compile(r"^\s*ANSWER:\s*[A-Z]\s*$", re.MULTILINE | re.IGNORECASE)


@dataclass
class _Lines:
    """The lines of one question."""

    line: int = 0
    stem: list[str] = field(default_factory=list)
    options: list[tuple[str, str]] = field(default_factory=list)
    answer: str | None = None

    def add(self, number: int, line: str) -> None:
        self.line = self.line or number
        if found := _OPTION.match(line):
            self.options.append((found[1], found[2].strip()))
        elif found := _ANSWER.match(line):
            self.answer = found[1].upper().rstrip(".)")
        elif self.options:
            letter, text = self.options[-1]
            self.options[-1] = letter, f"{text}\n{line.strip()}"
        else:
            self.stem.append(line.strip())


def sniff(data: bytes, name: str) -> bool:
    return bool(_LIKELY.search(text_of(data)))


def read(data: bytes) -> Exchange:
    """Every question of a file, by line. Raises Unreadable."""
    found = Gathering("aiken")
    for lines in _questions(text_of(data)):
        place = _("line %(line)s") % {"line": lines.line}
        found.take(place, " ".join(lines.stem)[:60], lambda lines=lines, place=place: _question(lines, place))  # type: ignore[misc]
    return found.exchange()


def _questions(text: str) -> Iterator[_Lines]:
    lines = _Lines()
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            lines.add(number, line)
        if lines.answer is not None:
            yield lines
            lines = _Lines()
    if lines.line:
        yield lines


def _question(lines: _Lines, place: str) -> Exchanged:
    letters = [letter for letter, _text in lines.options]
    if not lines.stem:
        raise Broken(_("the question has no text"))
    if lines.answer is None:
        raise Broken(_("there is no line “ANSWER:”"))
    if len(letters) < 2:
        raise Broken(_("at least two options are needed"))
    if lines.answer not in letters:
        raise Broken(_("the answer names %(letter)s, but there is no such option") % {"letter": lines.answer[:20]})
    return Exchanged(
        place=place,
        type="single",
        stem="\n".join(lines.stem),
        content={"options": [text for _letter, text in lines.options]},
        key={"correct": [letters.index(lines.answer)]},
    )
