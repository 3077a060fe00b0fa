"""Blanks as cloze text."""

import re
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from math import lcm
from typing import Any, Final

from exams.exchange.moodle_xml.cloze import MEANS, START
from exams.exchange.numbers import percent
from exams.exchange.passages import escaped
from exams.exchange.question import Exchanged, Markup
from exams.exchange.wildcards import for_moodle

_MARK: Final = re.compile(r"\{\{([0-9]{1,2})\}\}")
_ENTITIES: Final = str.maketrans({char: f"&#{ord(char)};" for char in MEANS})


def embedded(question: Exchanged) -> str | None:
    """The stem with its blanks as embedded questions; None when its own text looks like one."""
    blanks, keys = question.content["blanks"], question.key["blanks"]
    if START.search(question.stem):
        return None
    weights = _whole([Fraction(Decimal(blank.get("weight", "1"))) for blank in blanks])
    bodies = [
        f"{{{weight}:{_body(blank, key, question.markup)}}}"
        for blank, key, weight in zip(blanks, keys, weights, strict=True)
    ]
    stem = question.stem if _MARK.search(question.stem) else f"{question.stem} {{{{1}}}}"
    return _MARK.sub(lambda found: bodies[int(found[1]) - 1], stem)


def _body(blank: Mapping[str, Any], key: Mapping[str, Any], markup: Markup) -> str:
    if blank["kind"] == "choice":
        shares = {entry["option"]: entry.get("share", "1") for entry in key["accepted"]}
        said = [text if markup == Markup.HTML else _in(markup, text) for text in blank["options"]]
        answers = [_answer(shares.get(n, "0"), text) for n, text in enumerate(said)]
        return f"MULTICHOICE:{'~'.join(answers)}"
    if blank["kind"] == "number":
        numbers = [
            _answer(entry.get("share", "1"), f"{entry['value']}:{entry.get('tolerance', '0')}")
            for entry in key["accepted"]
        ]
        return f"NUMERICAL:{'~'.join(numbers)}"
    name = "SHORTANSWER_C" if key.get("case") else "SHORTANSWER"
    texts = [
        _answer(entry.get("share", "1"), _in(markup, for_moodle(entry["text"], key))) for entry in key["accepted"]
    ]
    return f"{name}:{'~'.join(texts)}"


def _answer(share: str, text: str) -> str:
    mark = "=" if share == "1" else f"%{percent(share)}%"
    return mark + text.translate(_ENTITIES)


def _in(markup: Markup, text: str) -> str:
    return escaped(text) if markup == Markup.HTML else text.replace("&", "&amp;")


def _whole(weights: list[Fraction]) -> list[int]:
    """The same weights in whole numbers, as cloze wants them."""
    times = lcm(*(weight.denominator for weight in weights))
    return [int(weight * times) for weight in weights]
