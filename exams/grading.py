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
    key: dict[str, Any]
    order: Sequence[int]
    payload: types.Payload
    points: Decimal


def rule_version(scoring: str) -> str:
    """What is stored beside a score, so that the same rules can be found again."""
    return f"{RULES}:{scoring}"


def scoring_of(rule_version: str) -> str:
    """The scoring of multiple choice that a stored score was made with."""
    return rule_version.partition(":")[2]


def score(item: Marking, scoring: str) -> Decimal:
    """The points of one answer, to a hundredth, halves up."""
    share = types.get(item.type).share(item.key, item.order, item.payload, scoring)
    exact = Fraction(item.points) * share
    return (Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(CENT, ROUND_HALF_UP)


def total(scores: Iterable[Decimal]) -> Decimal:
    return sum(scores, Decimal(0)).quantize(CENT)


def passed(points: Decimal, max_points: Decimal, pass_percent: int) -> bool:
    """Whether the points reach the pass mark, in percent of the paper's points."""
    return points * 100 >= max_points * pass_percent
