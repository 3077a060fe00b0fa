"""What came of every row."""

from dataclasses import dataclass, field
from typing import Any

from exams.actions.banks import Draft


@dataclass(frozen=True)
class Line:
    """One row that was not taken: where, why, and what it says."""

    row: int
    column: str
    reason: str
    stem: str


@dataclass
class Report:
    """New questions, and why the other rows are none. `ignored`: columns with content that we do not keep."""

    format: str
    sheet: str
    rows: int
    new: list[tuple[int, Draft]] = field(default_factory=list)
    duplicates: list[Line] = field(default_factory=list)
    refused: list[Line] = field(default_factory=list)
    unsupported: list[Line] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)

    def as_json(self, *, imported: int) -> dict[str, Any]:
        """For scripts. `imported` is what was stored: 0 in a dry run."""
        return {
            "format": self.format,
            "sheet": self.sheet,
            "rows": self.rows,
            "new": len(self.new),
            "imported": imported,
            "duplicate": [line.__dict__ for line in self.duplicates],
            "refused": [line.__dict__ for line in self.refused],
            "unsupported": [line.__dict__ for line in self.unsupported],
            "ignored_columns": self.ignored,
        }
