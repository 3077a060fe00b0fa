"""Figures of one item: facility, spread, weights, discrimination.

Source: "Position statistics" and "Question statistics" of Moodle's "Quiz statistics calculations". An item that
everybody had is compared with the rest of the paper, one that only some had with their totals, as Moodle does with
random questions.
"""

from collections.abc import Sequence
from math import sqrt
from operator import sub

from exams.statistics.figures import ItemFigures, Why
from exams.statistics.sums import codeviation
from exams.statistics.table import Column, Table


def item_figures(column: Column, table: Table, weight: float | Why) -> ItemFigures:
    """Everything about one item. `weight` is its effective weight, which needs the other items."""
    marks, count = column.marks, len(column.marks)
    others = compared_with(column, table)
    found: dict[str, float | Why] = {
        "mean": sum(marks) / (count * table.unit) if count else Why.FEW_ATTEMPTS,
        "facility": _facility(column),
        "intended_weight": _intended_weight(column, table),
        "effective_weight": weight,
        **_spread(column, table.unit),
        **_discrimination(marks, others),
    }
    figures = {name: None if isinstance(value, Why) else value for name, value in found.items()}
    why = {name: value for name, value in found.items() if isinstance(value, Why)}
    return ItemFigures(attempts=count, maximum=column.maximum / table.unit, undefined=why, **figures)


def compared_with(column: Column, table: Table) -> Sequence[int]:
    """The rest of the paper; for an item that only some had, the totals of these."""
    if column.attempts is None:
        return list(map(sub, table.totals, column.marks))
    return [table.totals[attempt] for attempt in column.attempts]


def effective_weights(table: Table) -> list[float | Why]:
    """Of each column: 100 √C(item, total) ÷ Σ √C(place, total), over places whose marks rise with the totals."""
    if len(table.totals) < 2:
        return [Why.FEW_ATTEMPTS] * len(table.columns)
    if table.places is None:
        return [Why.PAPERS_DIFFER if each.attempts is None else Why.NOT_IN_EVERY_PAPER for each in table.columns]
    together = sum(sqrt(max(0, codeviation(place.marks, table.totals))) for place in table.places)
    return [_weight(column, table.totals, together) for column in table.columns]


def _weight(column: Column, totals: Sequence[int], together: float) -> float | Why:
    if column.attempts is not None:
        return Why.NOT_IN_EVERY_PAPER
    own = codeviation(column.marks, totals)
    if own < 0:
        return Why.NEGATIVE_COVARIANCE
    return 100 * sqrt(own) / together if together else Why.NO_COVARIANCE


def _intended_weight(column: Column, table: Table) -> float | Why:
    if table.places is None:
        return Why.PAPERS_DIFFER
    return 100 * column.maximum / table.maximum if table.maximum else Why.NO_MARKS


def _facility(column: Column) -> float | Why:
    if not column.marks:
        return Why.FEW_ATTEMPTS
    possible = len(column.marks) * column.maximum
    return 100 * sum(column.marks) / possible if possible else Why.NO_MARKS


def _spread(column: Column, unit: int) -> dict[str, float | Why]:
    count = len(column.marks)
    if count < 2:
        return {"deviation": Why.FEW_ATTEMPTS, "deviation_percent": Why.FEW_ATTEMPTS}
    deviation = sqrt(codeviation(column.marks, column.marks) / (count * (count - 1)))
    percent = 100 * deviation / column.maximum if column.maximum else Why.NO_MARKS
    return {"deviation": deviation / unit, "deviation_percent": percent}


def _discrimination(marks: Sequence[int], others: Sequence[int]) -> dict[str, float | Why]:
    """The index is their correlation; the efficiency its part of what these marks could reach at best."""
    if len(marks) < 2:
        return {"discrimination": Why.FEW_ATTEMPTS, "efficiency": Why.FEW_ATTEMPTS}
    own, rest = codeviation(marks, marks), codeviation(others, others)
    if not own or not rest:
        why = Why.SAME_REST if own else Why.SAME_MARKS
        return {"discrimination": why, "efficiency": why}
    together, best = codeviation(marks, others), codeviation(sorted(marks), sorted(others))
    return {"discrimination": 100 * together / (sqrt(own) * sqrt(rest)), "efficiency": 100 * together / best}
