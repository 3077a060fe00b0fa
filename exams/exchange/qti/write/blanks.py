"""Blanks and numbers, written."""

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any, Final

from exams.exchange.qti.numbers import number
from exams.exchange.qti.tree import Node, node
from exams.exchange.qti.write.draft import Draft, Part

Fields = Mapping[str, Any]
ONE: Final = Fraction(1)
MARK: Final = re.compile(r"\{\{([0-9]{1,3})\}\}")


def numerical(draft: Draft, stem: str, content: Fields, key: Fields, weight: Fraction) -> list[Part]:
    return [*draft.block(stem), node("p", _number(draft, key["accepted"], weight))]


def _number(draft: Draft, accepted: Sequence[Mapping[str, str]], weight: Fraction) -> Node:
    identifier = draft.respond("single", "float")
    draft.correct([accepted[0]["value"]])
    draft.score_numbers(accepted, weight)
    return node("textEntryInteraction", responseIdentifier=identifier)


def fill_in(draft: Draft, stem: str, content: Fields, key: Fields, weight: Fraction) -> list[Part]:
    weights = [number(blank.get("weight", "1")) or ONE for blank in content["blanks"]]
    whole = sum(weights, Fraction(0))
    blanks = [
        _blank(draft, blank, told, own if weight == ONE else weight * own / whole)
        for blank, told, own in zip(content["blanks"], key["blanks"], weights, strict=True)
    ]
    shown = draft.block(stem)
    placed = set(_place(shown, blanks))
    return [*shown, *(node("p", blank) for at, blank in enumerate(blanks) if at not in placed)]


def _place(parts: list[Part], blanks: Sequence[Node]) -> list[int]:
    """Put the interactions where the stem has their marks; which of them found a place."""
    placed: list[int] = []
    found: list[Part] = []
    for part in parts:
        if isinstance(part, Node):
            placed += _place(part.children, blanks)
            found.append(part)
            continue
        end = 0
        for mark in MARK.finditer(part):
            at = int(mark[1]) - 1
            if 0 <= at < len(blanks) and at not in placed:
                found += [part[end : mark.start()], blanks[at]]
                placed.append(at)
                end = mark.end()
        found.append(part[end:])
    parts[:] = found
    return placed


def _blank(draft: Draft, blank: Fields, told: Fields, weight: Fraction) -> Node:
    accepted = told["accepted"]
    if blank["kind"] == "number":
        return _number(draft, accepted, weight)
    if blank["kind"] == "choice":
        return _inline_choice(draft, blank, accepted, weight)
    identifier = draft.respond("single", "string")
    draft.correct([accepted[0]["text"]])
    shares = {each["text"]: each.get("share", "1") for each in accepted}
    draft.mapped(shares, bounded=False, exact="true" if told.get("case") else "false")
    draft.score("map_response", weight)
    length = max(len(each["text"]) for each in accepted)
    return node("textEntryInteraction", responseIdentifier=identifier, expectedLength=str(max(1, length)))


def _inline_choice(draft: Draft, blank: Fields, accepted: Sequence[Fields], weight: Fraction) -> Node:
    identifier = draft.respond("single", "identifier")
    names = [draft.name(place) for place in range(len(blank["options"]))]
    draft.correct([names[accepted[0]["option"]]])
    simple = len(accepted) == 1 and accepted[0].get("share", "1") == "1"
    if not simple:
        draft.mapped({names[each["option"]]: each.get("share", "1") for each in accepted}, bounded=False)
    draft.score("match_correct" if simple else "map_response", weight)
    choices = [node("inlineChoice", text, identifier=name) for name, text in zip(names, blank["options"], strict=True)]
    return node("inlineChoiceInteraction", *choices, responseIdentifier=identifier, shuffle="false")
