"""Figures of the whole paper.

Source: "Test statistics" of Moodle's "Quiz statistics calculations": skewness and kurtosis from the k-statistics
k2, k3, k4, the coefficient of internal consistency is Cronbach's alpha in per cent.
"""

from math import sqrt
from statistics import median

from exams.statistics.figures import PaperFigures, Why
from exams.statistics.sums import codeviation, deviations, variance
from exams.statistics.table import Table


def paper_figures(table: Table) -> PaperFigures:
    """What the totals say; the consistency also needs the places of the paper."""
    totals, count = table.totals, len(table.totals)
    if not count:
        return _figures(table, dict.fromkeys(FIELDS, Why.FEW_ATTEMPTS))
    deviation = sqrt(variance(totals)) / table.unit if count > 1 else Why.FEW_ATTEMPTS
    consistency = _consistency(table)
    error = consistency if isinstance(consistency, Why) else 100 * sqrt(1 - consistency / 100)
    found: dict[str, float | Why] = {
        "mean": sum(totals) / (count * table.unit),
        "median": median(totals) / table.unit,
        "deviation": deviation,
        **_shape(table),
        "consistency": consistency,
        "error_ratio": error,
        "standard_error": _standard_error(error, deviation),
    }
    return _figures(table, found)


def _standard_error(error: float | Why, deviation: float | Why) -> float | Why:
    if isinstance(error, Why) or isinstance(deviation, Why):
        return error if isinstance(error, Why) else deviation
    return error * deviation / 100


FIELDS = (
    "mean", "median", "deviation", "skewness", "kurtosis", "consistency", "error_ratio", "standard_error",
)  # fmt: skip


def _figures(table: Table, found: dict[str, float | Why]) -> PaperFigures:
    figures = {name: None if isinstance(value, Why) else value for name, value in found.items()}
    why = {name: value for name, value in found.items() if isinstance(value, Why)}
    maximum = table.maximum / table.unit
    return PaperFigures(attempts=len(table.totals), maximum=maximum, undefined=why, **figures)


def _shape(table: Table) -> dict[str, float | Why]:
    """Skewness k3 ÷ k2^1.5 of at least three attempts, kurtosis k4 ÷ k2² of at least four."""
    count = len(table.totals)
    apart = deviations(table.totals)
    squares = [each * each for each in apart]
    if count < 3 or not any(squares):
        why = Why.FEW_ATTEMPTS if count < 3 else Why.SAME_TOTALS
        return {"skewness": why, "kurtosis": why}
    second = sum(squares)
    third = sum(square * each for square, each in zip(squares, apart, strict=True))
    skewness = third * sqrt(count - 1) * count / ((count - 2) * sqrt(second) * second)
    if count < 4:
        return {"skewness": skewness, "kurtosis": Why.FEW_ATTEMPTS}
    return {"skewness": skewness, "kurtosis": _kurtosis(count, second, sum(square * square for square in squares))}


def _kurtosis(count: int, second: int, fourth: int) -> float:
    """From the sums of squares and fourth powers: the scale of the values cancels out."""
    above = (count + 1) * count * fourth - 3 * (count - 1) * second * second
    return above * (count - 1) / ((count - 2) * (count - 3) * second * second)


def _consistency(table: Table) -> float | Why:
    """100 · p ÷ (p − 1) · (1 − Σ V(place) ÷ V(total)), as Moodle of at least three attempts."""
    if len(table.totals) < 3:
        return Why.FEW_ATTEMPTS
    if table.places is None:
        return Why.PAPERS_DIFFER
    places = len(table.places)
    if places < 2:
        return Why.ONE_ITEM
    spread = codeviation(table.totals, table.totals)
    if not spread:
        return Why.SAME_TOTALS
    within = sum(codeviation(place.marks, place.marks) for place in table.places)
    return 100 * places / (places - 1) * (1 - within / spread)
