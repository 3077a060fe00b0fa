"""Collecting what a reader or a writer finds, one question after the other."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from exams.exchange.question import Exchange, Exchanged, NotCarried, Why
from exams.exchange.unreadable import Broken, Unlike, Unreadable

MOST_QUESTIONS = 5000


@dataclass
class Gathering:
    """Questions and troubles in the order of the file."""

    format: str
    questions: list[Exchanged] = field(default_factory=list)
    not_carried: list[NotCarried] = field(default_factory=list)
    remarks: list[tuple[str, str]] = field(default_factory=list)

    def take(self, place: str, what: str, make: Callable[[], Exchanged]) -> None:
        """Keep the question `make` gives, or why there is none. `what` is what the file calls it."""
        try:
            self.questions.append(make())
        except Broken as broken:
            self.not_carried.append(NotCarried(place, what, Why.REFUSED, broken.reason))
        except Unlike as unlike:
            self.not_carried.append(NotCarried(place, unlike.what, Why.UNSUPPORTED, unlike.reason))
        if len(self.questions) > MOST_QUESTIONS:
            raise Unreadable(_("The file has more than 5,000 questions. Please split it."))

    def remark(self, place: str, sentence: str) -> None:
        if (place, sentence) not in self.remarks[-8:]:
            self.remarks.append((place, sentence))

    def exchange(self) -> Exchange:
        """Everything; Unreadable when the file holds nothing at all."""
        if not self.questions and not self.not_carried:
            raise Unreadable(_("There are no questions in this file."))
        return Exchange(self.format, self.questions, self.not_carried, self.remarks)


@dataclass(frozen=True)
class Written:
    """A file to hand out, and what of the questions is not in it."""

    data: bytes
    questions: int
    not_carried: list[NotCarried]
    remarks: list[tuple[str, str]]
