"""Scores: pure functions of a frozen paper, its answers and the version of these rules (P9)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

from exams import types

RULES = "1"
CENT = Decimal("0.01")


@dataclass(frozen=True)
class Marking:
    """One question of a paper as grading needs it."""

    type: str
    content: dict[str, Any]
    key: dict[str, Any]
    order: types.Order
    payload: types.Payload
    points: Decimal


def rule_version(scoring: str) -> str:
    """What is stored beside a score, so that the same rules can be found again."""
    return f"{RULES}:{scoring}"


def scoring_of(rule_version: str) -> str:
    """The scoring of multiple choice that a stored score was made with."""
    return rule_version.partition(":")[2]


def score(item: Marking, scoring: str) -> Decimal | None:
    """The points of one answer, to a hundredth, halves up; None while it waits for people to mark it."""
    kind = types.get(item.type)
    if kind.waits(item.content, item.payload):
        return None
    return points(item.points, kind.share(item.content, item.key, item.order, item.payload, scoring))


def answered(item: Marking, scoring: str) -> types.Answered:
    """The same question as its type gives it to markers."""
    return types.Answered(item.content, item.key, item.order, item.payload, scoring, Fraction(item.points))


def marked(item: Marking, scoring: str, given: Sequence[Decimal]) -> Decimal:
    """The points of an answer for which a marker gave so many for each criterion."""
    share = types.get(item.type).marked(answered(item, scoring), [Fraction(each) for each in given])
    return points(item.points, share)


def points(all_points: Decimal, share: Fraction) -> Decimal:
    """A share of the points, to a hundredth, halves up."""
    return points_of(Fraction(all_points) * share)


def points_of(exact: Fraction) -> Decimal:
    """To a hundredth, halves up."""
    return (Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(CENT, ROUND_HALF_UP)


def total(scores: Iterable[Decimal | None]) -> Decimal | None:
    """The sum; None while one of them is not known."""
    known = list(scores)
    found = [each for each in known if each is not None]
    return sum(found, Decimal(0)).quantize(CENT) if len(found) == len(known) else None


def passed(points: Decimal, max_points: Decimal, pass_percent: int) -> bool:
    """Whether the points reach the pass mark, in percent of the paper's points."""
    return points * 100 >= max_points * pass_percent
