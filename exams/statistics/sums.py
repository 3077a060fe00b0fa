"""Sums about the mean, multiplied by the number of values so that whole numbers stay whole numbers."""

from collections.abc import Sequence
from operator import mul


def deviations(values: Sequence[int]) -> list[int]:
    """Each value minus the mean, times the number of values."""
    count, total = len(values), sum(values)
    return [count * value - total for value in values]


def codeviation(one: Sequence[int], other: Sequence[int]) -> int:
    """The sum of the products of what each differs from its mean, times the number of values."""
    return len(one) * sum(map(mul, one, other)) - sum(one) * sum(other)


def variance(values: Sequence[int]) -> float:
    """Of a sample: at least two values."""
    return covariance(values, values)


def covariance(one: Sequence[int], other: Sequence[int]) -> float:
    """Of a sample: at least two pairs."""
    return codeviation(one, other) / (len(one) * (len(one) - 1))
