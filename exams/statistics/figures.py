"""What is said of an item and of a paper, and why a figure is missing.

Names and formulas are those of Moodle's "Quiz statistics calculations" (docs.moodle.org/dev). Per cent are 0 to 100.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Why(StrEnum):
    """Why a figure is undefined."""

    FEW_ATTEMPTS = "few_attempts"  # the formula divides by zero for so few
    NO_MARKS = "no_marks"  # the item, or the paper, is worth nothing
    SAME_MARKS = "same_marks"  # everybody has the same mark in the item
    SAME_REST = "same_rest"  # everybody has the same mark in the rest of the paper
    SAME_TOTALS = "same_totals"  # everybody has the same total
    NEGATIVE_COVARIANCE = "negative_covariance"  # the item's marks fall as the totals rise
    NOT_IN_EVERY_PAPER = "not_in_every_paper"  # a drawn question: it has no weight in "the" paper
    ONE_ITEM = "one_item"
    PAPERS_DIFFER = "papers_differ"  # not every paper has the same places with the same maximum marks
    NO_COVARIANCE = "no_covariance"  # no item's marks rise with the totals
    NO_GUESS = "no_guess"  # nobody can say what guessing earns


@dataclass(frozen=True)
class ItemFigures:
    """One item over those who had it: marks in points, everything else in per cent, None where undefined."""

    attempts: int
    maximum: float
    mean: float | None
    facility: float | None
    deviation: float | None
    deviation_percent: float | None
    intended_weight: float | None
    effective_weight: float | None
    discrimination: float | None
    efficiency: float | None
    undefined: Mapping[str, Why] = field(default_factory=dict)


@dataclass(frozen=True)
class PaperFigures:
    """A paper: marks in points; consistency and error ratio in per cent; skewness and kurtosis without a unit."""

    attempts: int
    maximum: float
    mean: float | None
    median: float | None
    deviation: float | None
    skewness: float | None
    kurtosis: float | None
    consistency: float | None
    error_ratio: float | None
    standard_error: float | None
    undefined: Mapping[str, Why] = field(default_factory=dict)


@dataclass(frozen=True)
class Analysis:
    """`items` in the order of the columns of the table."""

    paper: PaperFigures
    items: list[ItemFigures]
