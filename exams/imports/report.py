"""What came of every row."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from exams.actions.banks import Draft
from exams.imports.rows import Row
from exams.models import ImportRow

Kind = ImportRow.Kind
Doubt = ImportRow.Doubt


class Change(NamedTuple):
    """A field in which our question and the file's differ; `field` as in `Draft`, or "answer"."""

    field: str
    ours: str
    theirs: str


@dataclass(frozen=True)
class Line:
    """One row that somebody should look at: where, why, and what it says. `sheet` when the file has several, `place`
    when the file has no rows."""

    row: int
    column: str
    reason: str
    stem: str
    sheet: str = ""
    place: str = ""


@dataclass
class Finding:
    """What one row comes to: the question it makes, if any, and why that needs a look.

    `ours` is the question of the bank it repeats, `changes` what it would change there, `first` the place of the same
    question earlier in the file. `doubts` are sentences with their columns, the weightiest (`doubt`) first.
    """

    row: Row
    kind: Kind
    draft: Draft | None = None
    doubt: str = ""
    remarks: list[tuple[str, str]] = field(default_factory=list)
    ours: int | None = None
    changes: list[Change] = field(default_factory=list)
    first: int | None = None
    supported: bool = True

    @property
    def place(self) -> tuple[str, int]:
        return self.row.sheet, self.row.number

    @property
    def may_be_taken(self) -> bool:
        """Whether taking it or not makes a difference."""
        if self.kind == Kind.DUPLICATE:
            return bool(self.changes)
        return self.kind != Kind.WRONG

    @property
    def taken(self) -> bool:
        """What happens to it when nobody decides."""
        return self.kind == Kind.NEW

    def wonder(self, doubt: Doubt, column: str, reason: str) -> None:
        self.doubt = self.doubt or doubt
        self.remarks.append((column, reason))

    def line(self) -> Line:
        column, reason = self.remarks[0]
        return Line(self.row.number, column, reason, self.row.text("stem")[:60], self.row.sheet, self.row.where)


@dataclass
class Report:
    """Every row of a file in order. `ignored`: columns with content that we do not keep."""

    format: str
    sheet: str
    findings: list[Finding] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)

    @property
    def rows(self) -> int:
        return len(self.findings)

    def of(self, *kinds: Kind) -> list[Finding]:
        return [finding for finding in self.findings if finding.kind in kinds]

    @property
    def new(self) -> list[tuple[int, Draft]]:
        """What is stored when nobody decides anything: row and question."""
        return [(finding.row.number, finding.draft) for finding in self.of(Kind.NEW) if finding.draft]

    @property
    def duplicates(self) -> list[Line]:
        return [finding.line() for finding in self.of(Kind.DUPLICATE)]

    @property
    def refused(self) -> list[Line]:
        """Rows that stay out: they are no question, or only when somebody says what is meant."""
        return [finding.line() for finding in self.of(Kind.WRONG, Kind.SUSPICIOUS) if finding.supported]

    @property
    def unsupported(self) -> list[Line]:
        return [finding.line() for finding in self.of(Kind.WRONG) if not finding.supported]

    @property
    def suspicious(self) -> list[Line]:
        """Rows worth a look, taken or not."""
        return [finding.line() for finding in self.findings if finding.doubt]

    @property
    def remarks(self) -> list[Line]:
        """What questions lose of what their file says."""
        rows = (finding.row for finding in self.findings)
        return [_noted(row, note) for row in rows for note in row.notes]

    def as_json(self, *, imported: int) -> dict[str, Any]:
        """For scripts. `imported` is what was stored: 0 in a dry run."""
        return {
            "format": self.format,
            "sheet": self.sheet,
            "rows": self.rows,
            "new": len(self.new),
            "imported": imported,
            "duplicate": _plain(self.duplicates),
            "refused": _plain(self.refused),
            "unsupported": _plain(self.unsupported),
            "suspicious": _plain(self.suspicious),
            "remarks": _plain(self.remarks),
            "ignored_columns": self.ignored,
        }


def place(row: Row) -> str:
    """A row as a person looks for it."""
    if row.where:
        return _("%(place)s of this file") % {"place": row.where}
    if row.sheet:
        return _("row %(row)s of the sheet “%(sheet)s”") % {"row": row.number, "sheet": row.sheet}
    return _("row %(row)s of this file") % {"row": row.number}


def _noted(row: Row, note: str) -> Line:
    return Line(row.number, "", note, row.text("stem")[:60], row.sheet, row.where)


def _plain(lines: Sequence[Line]) -> list[dict[str, Any]]:
    return [dict(line.__dict__) for line in lines]
