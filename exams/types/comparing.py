"""Whether what somebody typed is what was asked for: width, blanks and (mostly) case do not matter."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final, NamedTuple

FINE: Final = Fraction(1, 100_000)  # 0.33333 is meant to be a third
FURTHEST: Final = 60  # digits: nobody types more, and more would cost time
_BLANKS = re.compile(r"\s+")
_SIGNS = str.maketrans({"−": "-", "–": "-", "—": "-", "×": "x", "＊": "*", "·": "*"})
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_NUMBER = re.compile(r"([+-]?(?:\d+\.?\d*|\.\d+))(?:e([+-]?\d{1,3})|[x*]10\^?\(?([+-]?\d{1,3})\)?)?", re.IGNORECASE)


class Typed(NamedTuple):
    """A number with what stands behind it."""

    value: Fraction
    unit: str


def plain(text: str, *, case: bool = True) -> str:
    """Half width, no blanks; without `case` in lower case."""
    found = _BLANKS.sub("", unicodedata.normalize("NFKC", text))
    return found if case else found.casefold()


def same(given: str, accepted: str, *, case: bool = False, wild: bool = False) -> bool:
    """Whether a text is the accepted one; with `wild` each * of that stands for anything."""
    ours, theirs = plain(accepted, case=case), plain(given, case=case)
    return _like(theirs, ours.split("*")) if wild and "*" in ours else theirs == ours


def number(given: str) -> Typed | None:
    """A number as people type it: 1,250.5 V, 2.5×10^3, －4; None when there is none at the start."""
    text = _THOUSANDS.sub("", plain(given.translate(_SIGNS)).translate(_SIGNS))
    found = _NUMBER.match(text)
    if not found or len(found[1]) > FURTHEST:
        return None
    exponent = int(found[2] or found[3] or 0)
    if abs(exponent) > FURTHEST:
        return None
    return Typed(Fraction(Decimal(found[1])) * Fraction(10) ** exponent, text[found.end() :])


def near(value: Fraction, accepted: Mapping[str, Any]) -> bool:
    """Whether a number is within the tolerance of an accepted one."""
    return abs(value - Fraction(accepted["value"])) <= Fraction(accepted.get("tolerance", "0"))


def factor(unit: str, units: Sequence[Mapping[str, str]]) -> Fraction | None:
    """What a number with this unit is multiplied by; None for an unknown unit. Case matters: mW is not MW."""
    wanted = plain(unit)
    return next((Fraction(each["factor"]) for each in units if plain(each["name"]) == wanted), None)


def part(text: str) -> Fraction:
    """A share as a fraction: "0.5", and "0.33333" for a third."""
    exact = Fraction(text)
    simple = exact.limit_denominator(20)
    return simple if abs(simple - exact) < FINE else exact


def best(shares: Iterable[tuple[int, Fraction]]) -> tuple[int | None, Fraction]:
    """Of the accepted answers that match, by number, the one that earns most; (None, 0) for none."""
    number, share = max(shares, key=lambda each: each[1], default=(None, Fraction(0)))
    return number, share


def _like(text: str, pieces: Sequence[str]) -> bool:
    """Whether the pieces stand in the text in this order, the first at its start and the last at its end."""
    first, *middle, last = pieces
    if len(text) < len(first) + len(last) or not (text.startswith(first) and text.endswith(last)):
        return False
    at, end = len(first), len(text) - len(last)
    for piece in middle:
        found = text.find(piece, at, end)
        if found < 0:
            return False
        at = found + len(piece)
    return True
