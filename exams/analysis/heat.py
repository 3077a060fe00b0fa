"""Wrong answers by what the question rests on and by unit: pure counting."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

LEVELS = (10, 25, 40, 60)  # per cent wrong at which a field becomes darker
ENOUGH = 5  # answers: of fewer nothing is said by a colour


@dataclass(frozen=True)
class Field:
    """Of `asked` answers `wrong` had not all points."""

    asked: int = 0
    wrong: int = 0

    @property
    def percent(self) -> int:
        return round(100 * self.wrong / self.asked) if self.asked else 0

    @property
    def level(self) -> int:
        """0 (hardly any wrong, or too few answers) to 4."""
        return 0 if self.asked < ENOUGH else sum(self.percent >= bound for bound in LEVELS)


@dataclass(frozen=True)
class Row:
    """One clause or topic; `fields` in the order of the columns, `numbers` are those of its questions."""

    label: str
    numbers: Sequence[int]
    total: Field
    fields: Sequence[Field]


class Found(NamedTuple):
    """One question: its number, what it rests on, and [asked, wrong] by id of the unit."""

    number: int
    label: str
    units: Mapping[str, Sequence[int]]


def rows(found: Iterable[Found], columns: Sequence[frozenset[int]]) -> list[Row]:
    """One row for each label that anybody of these units met, most often wrong first. `columns`: the units of each."""
    numbers: dict[str, list[int]] = defaultdict(list)
    counts: dict[str, list[list[int]]] = defaultdict(lambda: [[0, 0] for _ in columns])
    column_of = {unit: place for place, units in enumerate(columns) for unit in units}
    for question in found:
        numbers[question.label].append(question.number)
        for unit, (asked, wrong) in question.units.items():
            place = column_of.get(int(unit))
            if place is not None:
                counts[question.label][place][0] += asked
                counts[question.label][place][1] += wrong
    made = [_row(label, numbers[label], fields) for label, fields in counts.items()]
    return sorted((row for row in made if row.total.asked), key=lambda row: (-row.total.percent, row.label))


def _row(label: str, numbers: Sequence[int], counts: Sequence[Sequence[int]]) -> Row:
    total = Field(sum(asked for asked, _ in counts), sum(wrong for _, wrong in counts))
    return Row(label, numbers, total, [Field(asked, wrong) for asked, wrong in counts])
