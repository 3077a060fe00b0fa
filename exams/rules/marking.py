"""阅卷: how the points of markers become the points of an answer. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from enum import IntEnum
from fractions import Fraction
from hashlib import sha256
from uuid import UUID

from exams import types
from exams.rules import grading


class Round(IntEnum):
    """The how manieth marking of an answer; each of the first three is another person's."""

    FIRST = 1
    SECOND = 2
    ARBITRATION = 3
    REVIEW = 4


@dataclass(frozen=True)
class Mark:
    round: int
    points: Decimal


@dataclass(frozen=True)
class Rule:
    """How an exam wants answers marked: by two when `second`; `limit`: points they may be apart."""

    second: bool
    limit: Decimal


@dataclass(frozen=True)
class BadPoints(Exception):
    """The points for the criterion with this index are no number from 0 to the most there is."""

    index: int


def limit(points: Decimal, percent: int) -> Decimal:
    """How many points two markers of an answer worth `points` may be apart."""
    return points * percent / 100


def next_round(marks: Sequence[Mark], rule: Rule) -> Round | None:
    """Which marking an answer needs next; None when its points are settled."""
    if not marks:
        return Round.FIRST
    if settled(marks, rule) is not None:
        return None
    return Round.SECOND if len(marks) == 1 else Round.ARBITRATION


def settled(marks: Sequence[Mark], rule: Rule) -> Decimal | None:
    """The points of an answer: the last review's, else the arbiter's, else the mean of two, halves up, else the one's.

    None while another marking is needed.
    """
    by_round = {mark.round: mark.points for mark in marks}
    for decisive in (Round.REVIEW, Round.ARBITRATION):
        if decisive in by_round:
            return by_round[decisive]
    first, second = by_round.get(Round.FIRST), by_round.get(Round.SECOND)
    if first is None or (second is None and rule.second):
        return None
    if second is None:
        return first
    if abs(first - second) > rule.limit:
        return None
    return ((first + second) / 2).quantize(grading.CENT, ROUND_HALF_UP)


def read_points(texts: Sequence[str], criteria: Sequence[types.Criterion]) -> list[Decimal]:
    """What a marker typed for each criterion. Raises BadPoints."""
    return [_read(n, text, criterion) for n, (text, criterion) in enumerate(zip(texts, criteria, strict=True))]


def _read(index: int, text: str, criterion: types.Criterion) -> Decimal:
    try:
        points = Decimal(text.strip())
    except InvalidOperation:
        raise BadPoints(index) from None
    if not points.is_finite() or points < 0 or Fraction(points) > criterion.most:
        raise BadPoints(index)
    if points != points.quantize(grading.CENT):
        raise BadPoints(index)
    return points


def alias(attempt: UUID) -> str:
    """The name a paper has for its markers: always the same, and nobody's."""
    return sha256(attempt.bytes).hexdigest()[:6].upper()
