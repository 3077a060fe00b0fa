"""Choosing: options of a list, or words of a text."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from exams.exchange.qti.declarations import Declaration
from exams.exchange.qti.fitting import Fitted, Item, identifiers, indices, meant, right_values, share
from exams.exchange.qti.tree import Node
from exams.exchange.unreadable import Broken


def choice(item: Item, node: Node) -> Fitted:
    """choiceInteraction: single, multiple or true_false."""
    choices = node.nodes("simpleChoice")
    return _chosen(item, node, choices, [item.option(each) for each in choices])


def hottext(item: Item, node: Node) -> Fitted:
    """hottextInteraction: the words that can be marked become options; the text with them is part of the stem."""
    words = list(node.every("hottext"))
    texts = [item.option(each) for each in words]
    seen: dict[str, int] = {}
    for text in texts:
        seen[text] = seen.get(text, 0) + 1
    numbered = [f"{text} ({place})" if seen[text] > 1 else text for place, text in enumerate(texts, start=1)]
    item.remark(_("Words to mark in a text became options to choose."))
    return _chosen(item, node, words, numbered)


def _chosen(item: Item, node: Node, choices: Sequence[Node], options: list[str]) -> Fitted:
    declared = item.response(node)
    if len(options) < 2:
        raise Broken(_("at least two options are needed"))
    names = identifiers(choices)
    correct = indices(names, right_values(item, declared))
    single = declared.cardinality == "single" or (node.get("maxChoices") == "1" and len(correct) == 1)
    key: dict[str, Any] = {"correct": _one(item, declared, names, correct) if single else sorted(set(correct))}
    shares = _shares(item, declared, names, key["correct"], single)
    feedback = [item.said_of(each) for each in choices]
    earns = item.earns(declared)
    if single and not shares and (told := _told(item, options, key["correct"][0], feedback)):
        return Fitted("true_false", {}, told, earns)
    key |= ({"shares": shares} if shares else {}) | ({"feedback": feedback} if any(feedback) else {})
    return Fitted("single" if single else "multiple", {"options": options}, key, earns)


def _one(item: Item, declared: Declaration, names: list[str], correct: list[int]) -> list[int]:
    """The right option, or several of which any earns all."""
    if not item.is_mapped(declared):
        return correct[:1]
    most, earns = declared.most(), declared.earns
    return [place for place, name in enumerate(names) if earns.get(name, Fraction(0)) >= most] or correct[:1]


def _shares(item: Item, declared: Declaration, names: list[str], correct: list[int], single: bool) -> list[str]:
    """What each option earns; [] when that follows from what is right."""
    if not item.is_mapped(declared):
        return []
    most, earns = declared.most(), declared.earns
    shares = [share(earns.get(name, Fraction(0)), most) for name in names]
    if single and shares == ["1" if place in correct else "0" for place in range(len(names))]:
        return []
    return shares


def _told(item: Item, options: Sequence[str], right: int, feedback: list[str]) -> dict[str, Any]:
    """The key of a question whose two options are yes and no; {} for any other."""
    said = [meant(option) for option in options]
    if len(said) != 2 or None in said or said[0] == said[1]:
        return {}
    ordered = feedback if said[0] else feedback[::-1]
    return {"correct": bool(said[right])} | ({"feedback": ordered} if any(feedback) else {})
