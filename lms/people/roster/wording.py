"""A stored report in words."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from django.utils.translation import gettext as _

from lms.people.enums import Employment, PostStatus
from lms.people.roster.findings import Kind, missing_key
from lms.people.roster.problems import IGNORED_SENTENCES, Problem

FRESH: Final = "fresh"
SUSPICIOUS: Final = "suspicious"
MISSING: Final = "missing"


@dataclass(frozen=True)
class ShownRow:
    """One row of the file, one person it lacks (without a number), or one concern about the whole file."""

    number: int | None
    staff_no: str
    name: str
    kind: str
    key: str = ""
    changes: list[list[str]] = field(default_factory=list)
    problems: list[list[str]] = field(default_factory=list)
    doubted: list[list[str]] = field(default_factory=list)
    may_be_taken: bool = False
    taken: bool = False
    grave: bool = False  # left out unless somebody takes this very row
    fresh: bool = False

    @property
    def label(self) -> str:
        return kind_label(self.kind)

    @property
    def lines(self) -> list[str]:
        """What it comes to: old and new by field, or what is wrong."""
        if self.kind == MISSING:
            return [_("not in the file: to be confirmed as off post")]
        return [*(Problem(*one).sentence() for one in self.problems), *(_change(*one) for one in self.changes)]

    @property
    def doubts(self) -> list[str]:
        return [Problem(*doubt).sentence() for doubt in self.doubted]

    @property
    def text(self) -> str:
        return _("; ").join([*self.lines, *self.doubts])


class Shown:
    """Reads a stored report aloud: rows, columns and reasons in the reader's language."""

    def __init__(self, report: dict[str, Any], decisions: Mapping[str, bool] | None = None) -> None:
        self.report = report
        self.decisions = decisions or {}
        self.counts: dict[str, int] = {SUSPICIOUS: 0, **report["counts"]}
        self.fresh = frozenset(report.get(FRESH, []))
        self._everything = [
            *self._concerns(),
            *map(self._row, report["findings"]),
            *map(self._gone, report["missing"]),
        ]

    @property
    def total(self) -> int:
        return sum(self.counts[kind.value] for kind in Kind)

    @property
    def to_apply(self) -> int:
        """People who will differ afterwards."""
        return sum(row.taken for row in self._everything)

    @property
    def marked(self) -> int:
        """People the file lacks who will be marked 待确认离岗."""
        return self.taken(MISSING)

    def taken(self, kind: str) -> int:
        """Rows of one kind that are applied."""
        return sum(row.taken for row in self._everything if row.kind == kind)

    @property
    def outcome(self) -> str:
        """What applying does or has done, in a few words for each kind of row."""
        said = [
            (self.taken(Kind.NEW), _("%(n)d new")),
            (self.taken(Kind.CHANGED), _("%(n)d changed")),
            (self.marked, _("%(n)d marked as to be confirmed off post")),
            (self.left_out, _("%(n)d left out")),
            (self.counts[Kind.WRONG], _("%(n)d wrong and not applied")),
        ]
        return _("; ").join(sentence % {"n": count} for count, sentence in said if count)

    @property
    def left_out(self) -> int:
        """Rows that would change somebody and are left out."""
        return sum(row.may_be_taken and not row.taken for row in self._everything)

    @property
    def ignored(self) -> list[tuple[str, str]]:
        return [(name, IGNORED_SENTENCES[why]()) for name, why in self.report["ignored"].items()]

    def rows(self, kind: str = "") -> list[ShownRow]:
        """Rows of one kind; without a kind everything that is not unchanged, mistakes first."""
        if kind == SUSPICIOUS:
            return [row for row in self._everything if row.doubted]
        if kind == FRESH:
            return [row for row in self._everything if row.fresh]
        if kind in self.counts:
            return [row for row in self._everything if row.kind == kind]
        order = [SUSPICIOUS, Kind.WRONG.value, Kind.NEW.value, Kind.CHANGED.value, MISSING]
        return sorted((row for row in self._everything if row.kind in order), key=lambda row: order.index(row.kind))

    def at_once(self, kind: str = "") -> list[str]:
        """Keys of the rows of a filter that one decision may cover: grave doubts only among the suspicious."""
        return [row.key for row in self.rows(kind) if row.may_be_taken and (kind == SUSPICIOUS or not row.grave)]

    @property
    def stamp(self) -> str:
        """Stands for what the report says: another one, and something else would be applied."""
        return hashlib.sha256(json.dumps(self.report["plan"]).encode()).hexdigest()

    def keys(self) -> set[str]:
        return {row.key for row in self._everything if row.may_be_taken}

    def _concerns(self) -> list[ShownRow]:
        return [
            ShownRow(None, code, name, SUSPICIOUS, doubted=[problem])
            for code, name, problem in self.report.get("concerns", [])
        ]

    def _row(self, finding: dict[str, Any]) -> ShownRow:
        kind, key = finding["kind"], f"row-{finding['row']}"
        may = finding.get("may_be_taken", kind in (Kind.NEW, Kind.CHANGED))
        return ShownRow(
            number=finding["row"],
            staff_no=finding["staff_no"],
            name=finding["name"],
            kind=kind,
            key=key,
            changes=finding["changes"],
            problems=finding["problems"],
            doubted=finding.get("doubts", []),
            may_be_taken=may,
            taken=may and self.decisions.get(key, finding.get("taken", True)),
            grave=may and not finding.get("taken", True),
            fresh=key in self.fresh,
        )

    def _gone(self, one: dict[str, str]) -> ShownRow:
        key = missing_key(one["staff_no"])
        return ShownRow(
            number=None,
            staff_no=one["staff_no"],
            name=one["name"],
            kind=MISSING,
            key=key,
            may_be_taken=True,
            taken=self.decisions.get(key, True),
            fresh=key in self.fresh,
        )


def kind_label(kind: str) -> str:
    return {
        "new": _("New"),
        "changed": _("Changed"),
        "unchanged": _("Unchanged"),
        "wrong": _("Wrong"),
        MISSING: _("Missing"),
        SUSPICIOUS: _("Suspicious"),
        FRESH: _("New since the last look"),
    }[kind]


def _change(field: str, old: str, new: str) -> str:
    label = {
        "name": _("name"),
        "phone": _("phone"),
        "email": _("e-mail"),
        "employment": _("employment type"),
        "joined_on": _("joined on"),
        "status": _("post status"),
        "unit": _("unit"),
        "position": _("position"),
    }[field]
    values = {"field": label, "old": _value(field, old), "new": _value(field, new)}
    return (_("%(field)s: %(old)s → %(new)s") if old else _("%(field)s: %(new)s")) % values


def _value(field: str, value: str) -> str:
    if not value:
        return value
    if field == "employment":
        return str(Employment(value).label)
    if field == "status":
        return str(PostStatus(value).label)
    return value
