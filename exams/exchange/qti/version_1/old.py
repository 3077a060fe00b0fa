"""What readers of responses of 1.2 get."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from django.utils.translation import gettext as _

from exams.exchange.qti.texts import Texts
from exams.exchange.qti.version_1.conditions import Answers, Conditions
from exams.exchange.qti.version_1.material import Part
from exams.exchange.qti.version_1.presentation import Response
from exams.exchange.unreadable import Broken

Pieces = Sequence[list[Part] | Response]
GENERAL = re.compile(r"general|correct|incorrect|right|wrong", re.I)


@dataclass
class Old:
    """An item of 1.2 while it is read. `spoken`: its feedbacks by name; `told`: those given to an option."""

    texts: Texts
    rules: Conditions
    kind: str
    spoken: dict[str, list[Part]]
    told: set[str] = field(default_factory=set)

    def remark(self, sentence: str) -> None:
        if sentence not in self.texts.remarks:
            self.texts.remarks.append(sentence)

    def options(self, response: Response) -> list[str]:
        return [self.texts.line(label.parts) for label in response.labels]

    def feedback(self, response: Response, label: str) -> str:
        """What is said when an option was chosen: the feedback shown by a condition that names it alone."""
        for condition in self.rules.every:
            named = condition.named(response.identifier)
            if len(named) != 1 or named[0].text().strip() != label or any(condition.when.every("not")):
                continue
            names = [name for name in condition.feedback if name in self.spoken and not GENERAL.match(name)]
            self.told |= set(names)
            if names:
                return self.texts.line([part for name in names for part in self.spoken[name]])
        return ""

    def best(self, tries: Sequence[Answers]) -> tuple[list[Fraction], Fraction]:
        """What each of these earns, and the most that one earns. Raises Broken when all earn nothing."""
        scores = [self.rules.score(answers) for answers in tries]
        most = max(scores, default=Fraction(0))
        if most <= 0:
            raise Broken(_("the file does not say which answer is right"))
        return scores, most


def texts_of(pieces: Pieces) -> list[Part]:
    """The texts around responses and those of their own."""
    found: list[Part] = []
    for piece in pieces:
        found += piece.asked if isinstance(piece, Response) else piece
    return found
