"""Marks as they come in: whole numbers of a common unit, so that every sum is exact."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Column:
    """One item. `attempts` are the rows of those who had it, in the order of `marks`; None: everybody had it."""

    maximum: int
    marks: Sequence[int]
    attempts: Sequence[int] | None = None


@dataclass(frozen=True)
class Place:
    """One place of the paper, whatever question stood there: one mark for each attempt, in their order."""

    maximum: int
    marks: Sequence[int]


@dataclass(frozen=True)
class Table:
    """`unit` of these numbers make one point. `places` is None when the papers are not made alike."""

    unit: int
    maximum: int
    totals: Sequence[int]
    columns: Sequence[Column]
    places: Sequence[Place] | None

    @classmethod
    def of_one_paper(cls, unit: int, maxima: Sequence[int], rows: Sequence[Sequence[int]]) -> "Table":
        """Everybody had the same items: one row of marks for each attempt."""
        marks: Sequence[Sequence[int]] = list(zip(*rows, strict=True)) or [()] * len(maxima)
        columns = [Column(maximum, given) for maximum, given in zip(maxima, marks, strict=True)]
        places = [Place(column.maximum, column.marks) for column in columns]
        return cls(unit, sum(maxima), [sum(row) for row in rows], columns, places)
