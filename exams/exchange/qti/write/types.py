"""How each type of question is asked in QTI."""

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any, Final

from django.utils.translation import gettext as _

from exams.exchange.qti.body import PART, SCORER
from exams.exchange.qti.essays import POINTS
from exams.exchange.qti.numbers import decimal, number
from exams.exchange.qti.tree import Node, node
from exams.exchange.qti.write.areas import hotspot
from exams.exchange.qti.write.blanks import fill_in, numerical
from exams.exchange.qti.write.draft import Draft, Part
from exams.exchange.unreadable import Unlike

Fields = Mapping[str, Any]
Writer = Callable[[Draft, str, Fields, Fields, Fraction], list[Part]]
ONE: Final = Fraction(1)
SHORT: Final = {"expectedLength": "200"}  # characters


def body(draft: Draft, type: str, stem: str, content: Fields, key: Fields, weight: Fraction = ONE) -> list[Part]:
    """What is shown. Raises Unlike for a type that QTI has nothing like."""
    if type not in WRITERS:
        raise Unlike(type, _("QTI has no question of this kind"))
    return WRITERS[type](draft, stem, content, key, weight)


def _choice(draft: Draft, stem: str, content: Fields, key: Fields, weight: Fraction, single: bool) -> list[Part]:
    identifier = draft.respond("single" if single else "multiple", "identifier")
    names = [draft.name(place) for place in range(len(content["options"]))]
    right = key["correct"]
    draft.correct(names[place] for place in (right[:1] if single else right))
    shares = key.get("shares")
    if single and len(right) > 1 and not shares:
        shares = ["1" if place in right else "0" for place in range(len(names))]
    if shares:
        draft.mapped(dict(zip(names, shares, strict=False)), bounded=not single)
    draft.score("map_response" if shares else "match_correct", weight)
    draft.feedback(names, key.get("feedback", ()))
    choices = [
        node("simpleChoice", *draft.texts(text), identifier=name)
        for name, text in zip(names, content["options"], strict=True)
    ]
    most = "1" if single else "0"
    asked = node("choiceInteraction", *choices, responseIdentifier=identifier, shuffle="true", maxChoices=most)
    return [*draft.block(stem), asked]


def _single(draft: Draft, stem: str, content: Fields, key: Fields, weight: Fraction) -> list[Part]:
    return _choice(draft, stem, content, key, weight, True)


def _multiple(draft: Draft, stem: str, content: Fields, key: Fields, weight: Fraction) -> list[Part]:
    return _choice(draft, stem, content, key, weight, False)


def _true_false(draft: Draft, stem: str, content: Fields, key: Fields, weight: Fraction) -> list[Part]:
    identifier = draft.respond("single", "identifier")
    names = [draft.name(0), draft.name(1)]
    draft.correct([names[0 if key["correct"] else 1]])
    draft.score("match_correct", weight)
    draft.feedback(names, key.get("feedback", ()))
    texts = _("Right"), _("Wrong")
    choices = [node("simpleChoice", text, identifier=name) for name, text in zip(names, texts, strict=True)]
    asked = node("choiceInteraction", *choices, responseIdentifier=identifier, shuffle="false", maxChoices="1")
    return [*draft.block(stem), asked]


def _ordering(draft: Draft, stem: str, content: Fields, key: Fields, weight: Fraction) -> list[Part]:
    identifier = draft.respond("ordered", "identifier")
    names = [draft.name(place) for place in range(len(content["items"]))]
    draft.correct(names[place] for place in key["sequence"])
    draft.score("match_correct", weight)
    choices = [
        node("simpleChoice", *draft.texts(text), identifier=name)
        for name, text in zip(names, content["items"], strict=True)
    ]
    return [*draft.block(stem), node("orderInteraction", *choices, responseIdentifier=identifier, shuffle="true")]


def _matching(draft: Draft, stem: str, content: Fields, key: Fields, weight: Fraction) -> list[Part]:
    identifier = draft.respond("multiple", "directedPair")
    sides = [[f"{draft.name(place)}_{side}" for place in range(len(content[side]))] for side in ("left", "right")]
    pairs = [f"{sides[0][place]} {sides[1][partner]}" for place, partner in enumerate(key["pairs"])]
    draft.correct(pairs)
    draft.mapped(dict.fromkeys(pairs, decimal(Fraction(1, len(pairs)))))
    draft.score("map_response", weight)
    sets = [
        node("simpleMatchSet", *(
            node("simpleAssociableChoice", *draft.texts(text), identifier=name, matchMax=most)
            for name, text in zip(names, content[side], strict=True)
        ))
        for names, side, most in zip(sides, ("left", "right"), ("1", "0"), strict=True)
    ]  # fmt: skip
    asked = node(
        "matchInteraction", *sets, responseIdentifier=identifier, shuffle="true", maxAssociations=str(len(pairs))
    )
    return [*draft.block(stem), asked]


def _written(draft: Draft, stem: str, content: Fields, key: Fields, size: dict[str, str]) -> list[Part]:
    identifier = draft.respond("single", "string")
    draft.by_hand = True
    if key.get("reference"):
        draft.correct([draft.words(key["reference"])])
    size = {"expectedLines": str(content["lines"])} if content.get("lines") else size
    asked = Node("extendedTextInteraction", {"responseIdentifier": identifier, **size})
    rows = [
        node("li", Node("span", {"class": POINTS}, [line["points"]]), " ", *draft.texts(line["text"]))
        for line in key.get("rubric", ())
    ]
    if rows:
        named = {"class": f"{PART}-{draft.part}"} if draft.part else {}
        draft.rubrics.append(Node("rubricBlock", {"view": SCORER, "use": "scoring", **named}, [node("ul", *rows)]))
    return [*draft.block(stem), asked]


def _short_answer(draft: Draft, stem: str, content: Fields, key: Fields, weight: Fraction) -> list[Part]:
    return _written(draft, stem, content, key, SHORT)


def _essay(draft: Draft, stem: str, content: Fields, key: Fields, weight: Fraction) -> list[Part]:
    return _written(draft, stem, content, key, {})


def _case(draft: Draft, stem: str, content: Fields, key: Fields, weight: Fraction) -> list[Part]:
    found = draft.block(stem)
    for draft.part, (part, told) in enumerate(zip(content["parts"], key["parts"], strict=True), start=1):
        own = number(part.get("weight", "1")) or ONE
        inner = body(draft, part["type"], part["stem"], part["content"], told, own)
        found.append(Node("div", {"class": PART}, inner))
    return found


def _description(draft: Draft, stem: str, content: Fields, key: Fields, weight: Fraction) -> list[Part]:
    return draft.block(stem)


WRITERS: Final[dict[str, Writer]] = {
    "single": _single,
    "multiple": _multiple,
    "true_false": _true_false,
    "fill_in": fill_in,
    "numerical": numerical,
    "matching": _matching,
    "ordering": _ordering,
    "short_answer": _short_answer,
    "essay": _essay,
    "case": _case,
    "hotspot": hotspot,
    "find_fault": hotspot,
    "description": _description,
}
