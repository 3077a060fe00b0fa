"""What every reader makes of a file: rows that know where they came from, and texts as people wrote them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from exams.exchange.question import Exchanged, NotCarried
from exams.exchange.unreadable import Unreadable

__all__ = ["EMPTY", "Cell", "Reading", "Row", "Unreadable"]


@dataclass(frozen=True)
class Cell:
    """One value of a row: its text, and the column it stands in, as the file calls it."""

    text: str
    column: str = ""
    formula: bool = False


EMPTY = Cell("")


@dataclass(frozen=True)
class Row:
    """One question as written. `number` is the row of the sheet (the header counts), or the question's place; `sheet`
    is named only when the questions of the file stand in several.

    `cells` by field: type, stem, answer, option_A …, topic_1, topic_2, difficulty, explanation, basis, edition,
    valid_until, code, points, positions, skill.

    Files other than sheets: `where` is the place as their reader says it, `question` what it read or `trouble` why it
    read none, `notes` what the question lost on the way; its cells are the texts that the file says something in.
    """

    number: int
    cells: Mapping[str, Cell]
    sheet: str = ""
    where: str = ""
    question: Exchanged | None = None
    trouble: NotCarried | None = None
    notes: Sequence[str] = ()

    def __getitem__(self, field: str) -> Cell:
        return self.cells.get(field, EMPTY)

    def text(self, field: str) -> str:
        return self[field].text

    @property
    def options(self) -> dict[str, str]:
        """Options by letter, with the empty ones."""
        return {name[-1]: cell.text for name, cell in sorted(self.cells.items()) if name.startswith("option_")}


@dataclass(frozen=True)
class Reading:
    """A whole file. `unknown` are its columns that mean nothing to us."""

    format: str
    sheet: str
    rows: list[Row]
    unknown: list[str] = field(default_factory=list)
