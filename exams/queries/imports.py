"""What the preview of a file of questions shows: counts by filter, and rows in words."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Count, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from exams import types
from exams.models import ImportRow

FIELDS: Final[dict[str, str | Promise]] = {
    "answer": _("Correct answer"),
    "code": _("code"),
    "topic": _("topic"),
    "difficulty": _("difficulty"),
    "explanation": _("explanation"),
    "basis_document": _("source document"),
    "basis_clause": _("source clause"),
    "basis_edition": _("source edition"),
    "valid_until": _("valid until"),
}
TONES: Final = {"new": "live", "duplicate": "", "suspicious": "warn", "wrong": "act"}


@dataclass(frozen=True)
class Counts:
    """Rows of a file: all, by kind, and by doubt. A new one with a doubt counts as new and as suspicious."""

    total: int
    kinds: Counter[str]
    doubts: Counter[str]

    @classmethod
    def of(cls, rows: "QuerySet[ImportRow]") -> "Counts":
        kinds: Counter[str] = Counter()
        doubts: Counter[str] = Counter()
        for kind, doubt, count in rows.order_by().values_list("kind", "doubt").annotate(count=Count("pk")):
            kinds[kind] += count
            if doubt:
                doubts[doubt] += count
        return cls(kinds.total(), kinds, doubts)

    @property
    def by_kind(self) -> list[tuple[str, Any, int]]:
        """Value, label and count of each filter."""
        suspicious = ImportRow.Kind.SUSPICIOUS
        counts = {**self.kinds, suspicious.value: self.doubts.total()}
        return [(value, label, counts.get(value, 0)) for value, label in ImportRow.Kind.choices]

    @property
    def by_doubt(self) -> list[tuple[str, Any, int]]:
        return [(value, label, self.doubts[value]) for value, label in ImportRow.Doubt.choices if self.doubts[value]]


@dataclass(frozen=True)
class ShownRow:
    """One row of the preview."""

    row: ImportRow

    @property
    def name(self) -> str:
        """Of the choice about it."""
        return f"row-{self.row.pk}"

    @property
    def place(self) -> str:
        """Where it stands, as a person looks for it."""
        if where := self.row.shown.get("where"):
            return str(where)
        row = _now("row %(n)s") % {"n": self.row.cells["row"]}
        return f"{self.row.cells['sheet']} · {row}" if self.row.cells["sheet"] else row

    @property
    def type(self) -> str | Promise:
        key = self.row.shown["type"]
        return types.get(key).label if key in types.registered() else ""

    @property
    def tone(self) -> str:
        return TONES[self.row.kind]

    @property
    def doubted(self) -> bool:
        """Whether a doubt needs saying beside the kind."""
        return bool(self.row.doubt) and self.row.kind != ImportRow.Kind.SUSPICIOUS

    @property
    def changes(self) -> list[tuple[str | Promise, str, str]]:
        return [(FIELDS[field], ours, theirs) for field, ours, theirs in self.row.shown["changes"]]


def shown(rows: Iterable[ImportRow]) -> list[ShownRow]:
    return [ShownRow(row) for row in rows]
