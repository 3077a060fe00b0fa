"""What an examiner should look at, each with the figure that says so.

The bounds are those that Moodle's "Quiz report statistics" calls extreme or weak. A discrimination index counts as far
as chance does not explain it: its standard error is about 1 ÷ √attempts.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import sqrt
from typing import Final

ENOUGH: Final = 10  # attempts: below this chance says more than the question
TOO_EASY: Final = 95  # facility in per cent, and above
TOO_HARD: Final = 20  # and below
WEAK: Final = 20  # discrimination index in per cent, below, even with a standard error on top
AGAINST: Final = 1.5  # standard errors below zero


class Doubt(StrEnum):
    """In the order in which they should be looked at."""

    KEY = "key"  # who is better otherwise has it wrong more often: the key may be wrong
    HARD = "hard"
    FLAT = "flat"  # it does not tell the strong from the weak
    EASY = "easy"


@dataclass(frozen=True)
class Flag:
    """`figures` are what made it: upper and lower third for a doubtful key, else the one figure; in per cent."""

    doubt: Doubt
    figures: tuple[float, ...]


def flags(
    attempts: int, facility: float | None, discrimination: float | None, thirds: Sequence[float | None]
) -> list[Flag]:
    """Everything that is odd about an item; `thirds` are the shares of the points of lower, middle and upper third."""
    if attempts < ENOUGH or facility is None:
        return []
    lower, _middle, upper = thirds
    index, error = discrimination or 0, 100 / sqrt(attempts)
    if lower is not None and upper is not None and upper < lower and index <= -AGAINST * error:
        return [Flag(Doubt.KEY, (upper, lower))]
    if facility <= TOO_HARD:
        return [Flag(Doubt.HARD, (facility,))]
    if facility >= TOO_EASY:
        return [Flag(Doubt.EASY, (facility,))]
    if index + error < WEAK:
        return [Flag(Doubt.FLAT, (index,))]
    return []
