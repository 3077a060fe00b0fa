"""What writers of formats share: each question in turn, and what of it cannot be written."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from django.utils.translation import gettext as _

from exams import types
from exams.exchange.gathering import Written
from exams.exchange.passages import unescaped, without_markup
from exams.exchange.question import Exchanged, Markup, NotCarried, Why
from exams.exchange.unreadable import Unlike

T = TypeVar("T")


@dataclass
class Sheet:
    """The account of a file that is being written."""

    count: int = 0
    not_carried: list[NotCarried] = field(default_factory=list)
    remarks: list[tuple[str, str]] = field(default_factory=list)

    def take(self, question: Exchanged, make: Callable[[], T]) -> T | None:
        """What `make` gives, None when the format has nothing like the question."""
        try:
            made = make()
        except Unlike as unlike:
            self.not_carried.append(NotCarried(place_of(question), unlike.what, Why.UNSUPPORTED, unlike.reason))
            return None
        self.count += 1
        return made

    def remark(self, question: Exchanged, sentence: str) -> None:
        self.remarks.append((place_of(question), sentence))

    def written(self, data: bytes) -> Written:
        return Written(data, self.count, self.not_carried, self.remarks)


def place_of(question: Exchanged) -> str:
    return question.place or question.code or question.title or question.stem[:40]


def type_name(question: Exchanged) -> str:
    """What people call the type of a question."""
    known = types.registered().get(question.type)
    return str(known.label) if known else question.type


def plain_text(question: Exchanged, text: str, sheet: Sheet) -> str:
    """A text of the question where the format has plain text only."""
    if question.markup == Markup.PLAIN:
        return text
    plain = unescaped(text)
    if plain is None:
        sheet.remark(question, _("emphasis and pictures stay out where the format has plain text only"))
        return without_markup(text)
    return plain
