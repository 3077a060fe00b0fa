"""Scoring of 1.2: conditions are tried with answers, so that any way of writing them gives what an answer earns."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from exams.exchange.qti.numbers import number
from exams.exchange.qti.tree import Node

Answers = Mapping[str, Sequence[str]]
POSITIVE = ("varequal", "varsubset", "varsubstring", "varinside")
SCORE = "score"
COMPARISONS = {"varlt": "<", "varlte": "<=", "vargt": ">", "vargte": ">="}


@dataclass(frozen=True)
class Condition:
    """One respcondition: when it holds, what it does to the score, which feedback it shows."""

    when: Node
    sets: Sequence[tuple[str, Fraction]]
    feedback: Sequence[str]

    @property
    def earns(self) -> Fraction:
        return max((value for action, value in self.sets if action in ("set", "add")), default=Fraction(0))

    def holds(self, answers: Answers) -> bool:
        return _all(self.when, answers)

    def named(self, response: str) -> list[Node]:
        """The comparisons that have to hold for a response, not those that must not."""
        return [each for each in _positive(self.when) if _response(each) in (response, "")]


@dataclass(frozen=True)
class Conditions:
    """All conditions of an item."""

    every: Sequence[Condition]

    def score(self, answers: Answers) -> Fraction:
        """What the answers earn. Conditions that add do not keep later ones from being tried."""
        score = Fraction(0)
        for condition in self.every:
            if not condition.sets or not condition.holds(answers):
                continue
            for action, value in condition.sets:
                score = _changed(score, action, value)
            if any(action == "set" for action, _value in condition.sets):
                break
        return score

    def earning(self, response: str) -> list[Condition]:
        """The conditions that earn something and name a response."""
        return [each for each in self.every if each.earns > 0 and each.named(response)]


def conditions(item: Node) -> Conditions:
    return Conditions([_condition(each) for each in item.every("respcondition")])


def _condition(node: Node) -> Condition:
    sets = []
    for each in node.nodes("setvar"):
        value = number(each.text())
        if value is not None and SCORE in each.get("varname", SCORE).lower():
            sets.append((each.get("action", "Set").lower(), value))
    feedback = [each.get("linkrefid") for each in node.nodes("displayfeedback")]
    return Condition(node.first("conditionvar") or Node("conditionvar"), sets, feedback)


def _changed(score: Fraction, action: str, value: Fraction) -> Fraction:
    if action == "add":
        return score + value
    if action == "subtract":
        return score - value
    return value if action == "set" else score


def _positive(node: Node) -> Iterator[Node]:
    for child in node.nodes():
        if child.name in POSITIVE or child.name in COMPARISONS:
            yield child
        elif child.name != "not":
            yield from _positive(child)


def _response(node: Node) -> str:
    return node.get("respident")


def _all(when: Node, answers: Answers) -> bool:
    """Several values for one response that takes one are alternatives; everything else has to hold together."""
    groups: dict[str, list[Node]] = {}
    for child in when.nodes():
        alternative = child.name == "varequal" and len(answers.get(_response(child), ())) == 1
        groups.setdefault(_response(child) if alternative else f"#{len(groups)}", []).append(child)
    return all(any(_holds(child, answers) for child in group) for group in groups.values())


def _holds(node: Node, answers: Answers) -> bool:
    if node.name in ("and", "conditionvar"):
        return _all(node, answers)
    if node.name == "or":
        return any(_holds(child, answers) for child in node.nodes())
    if node.name == "not":
        return not any(_holds(child, answers) for child in node.nodes())
    if node.name in COMPARISONS or node.name in POSITIVE:
        return any(_compared(node, given) for given in answers.get(_response(node), ()))
    return node.name == "other"


def _compared(node: Node, given: str) -> bool:
    wanted = node.text().strip()
    if node.name in COMPARISONS:
        one, other = number(given), number(wanted)
        if one is None or other is None:
            return False
        return {"<": one < other, "<=": one <= other, ">": one > other, ">=": one >= other}[COMPARISONS[node.name]]
    if node.get("case", "No").lower() != "yes":
        wanted, given = wanted.casefold(), given.casefold()
    if node.name == "varsubset":
        return given in [each.strip() for each in wanted.split(",")]
    return wanted in given if node.name == "varsubstring" else wanted == given
