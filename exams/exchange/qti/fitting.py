"""What readers of single interactions get and give."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from exams.exchange.qti.body import Part
from exams.exchange.qti.declarations import Declaration
from exams.exchange.qti.numbers import decimal
from exams.exchange.qti.scoring import Scoring
from exams.exchange.qti.texts import Texts
from exams.exchange.qti.tree import Node
from exams.exchange.unreadable import Broken
from exams.types.answers import truth


@dataclass
class Item:
    """One item while it is read. `feedback`: what is said when a certain option was chosen, by its identifier."""

    texts: Texts
    responses: Mapping[str, Declaration]
    scoring: Scoring
    rubrics: Sequence[Node] = ()
    feedback: dict[str, Sequence[Part]] = field(default_factory=dict)
    told: set[str] = field(default_factory=set)

    def response(self, interaction: Node) -> Declaration:
        """What is declared of the response to an interaction. Raises Broken."""
        identifier = interaction.get("responseIdentifier")
        if identifier not in self.responses:
            raise Broken(_("the response “%(name)s” is not declared") % {"name": identifier[:40]})
        return self.responses[identifier]

    def is_mapped(self, declared: Declaration) -> bool:
        """Whether it is scored value by value."""
        return bool(declared.entries) and (declared.identifier in self.scoring.mapped or not declared.correct)

    def earns(self, declared: Declaration) -> Fraction:
        """What a right response adds to the score."""
        most = declared.most() if self.is_mapped(declared) or declared.areas else Fraction(1)
        return self.scoring.weights.get(declared.identifier, Fraction(1)) * most

    def remark(self, sentence: str) -> None:
        if sentence not in self.texts.remarks:
            self.texts.remarks.append(sentence)

    def said_of(self, node: Node) -> str:
        """The feedback to an option: inside of it, or shown beside the item."""
        inside = [part for each in node.every("feedbackInline", "feedbackBlock") for part in each.children]
        beside = self.feedback.get(node.get("identifier"), ())
        if beside:
            self.told.add(node.get("identifier"))
        return self.texts.line([*inside, *beside])

    def option(self, node: Node) -> str:
        """The text of an option."""
        return self.texts.line(without_feedback(node.children))


@dataclass(frozen=True)
class Fitted:
    """What an interaction is here. `earns`: points in the measure of its item."""

    type: str
    content: dict[str, Any]
    key: dict[str, Any]
    earns: Fraction = Fraction(1)


YES, NO = frozenset({"right", "correct"}), frozenset({"wrong", "incorrect"})
Reader = Callable[[Item, Node], Fitted]


def without_feedback(parts: Sequence[Part]) -> list[Part]:
    return [
        part if isinstance(part, str) else Node(part.name, part.attributes, without_feedback(part.children))
        for part in parts
        if isinstance(part, str) or part.name not in ("feedbackInline", "feedbackBlock")
    ]


def right_values(item: Item, declared: Declaration) -> list[str]:
    """The values that are right, from wherever the file says it. Raises Broken when it says it nowhere."""
    if declared.correct:
        lists = declared.cardinality != "single" and declared.base_type == "identifier"
        return [name for value in declared.correct for name in (value.split() if lists else [value])]
    best = max((entry.earns for entry in declared.entries), default=Fraction(0))
    least = best if declared.cardinality == "single" else Fraction(0)
    mapped = [entry.value for entry in declared.entries if entry.earns > 0 and entry.earns >= least]
    cases = item.scoring.of(declared.identifier)
    top = max((case.earns for case in cases), default=Fraction(0))
    found = mapped or [case.value for case in cases if case.value and case.earns == top]
    if not found:
        raise Broken(_("the file does not say which answer is right"))
    return list(dict.fromkeys(found))


def indices(names: Sequence[str], values: Sequence[str]) -> list[int]:
    """Where the values stand among `names`. Raises Broken for one that does not."""
    for value in values:
        if value not in names:
            raise Broken(_("the right answer names “%(name)s”, but there is no such choice") % {"name": value[:40]})
    return [names.index(value) for value in values]


def identifiers(nodes: Sequence[Node]) -> list[str]:
    return [each.get("identifier") for each in nodes]


def meant(option: str) -> bool | None:
    """Whether an option says that something is so, or is not; None for every other one, letters and numbers too."""
    word = option.strip().casefold().rstrip("。.")
    if word in YES | NO:
        return word in YES
    return truth(word) if len(word) > 1 or not word.isascii() else None


def share(earned: Fraction, most: Fraction) -> str:
    return decimal(earned / most if most else Fraction(0))
