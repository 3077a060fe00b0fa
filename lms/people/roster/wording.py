"""A stored report in words."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from lms.people.enums import Employment, PostStatus
from lms.people.roster.comparison import Kind
from lms.people.roster.problems import IGNORED_SENTENCES, Problem


@dataclass(frozen=True)
class ShownRow:
    number: int | None
    staff_no: str
    name: str
    kind: str
    text: str

    @property
    def label(self) -> str:
        return kind_label(self.kind)


class Shown:
    """Reads a stored report aloud: rows, columns and reasons in the reader's language."""

    def __init__(self, report: dict[str, Any]) -> None:
        self.report = report
        self.counts: dict[str, int] = report["counts"]

    @property
    def total(self) -> int:
        return sum(self.counts[kind.value] for kind in Kind)

    @property
    def to_apply(self) -> int:
        """People who will differ afterwards."""
        return self.counts["new"] + self.counts["changed"] + self.counts["missing"]

    @property
    def ignored(self) -> list[tuple[str, str]]:
        return [(name, IGNORED_SENTENCES[why]()) for name, why in self.report["ignored"].items()]

    def rows(self, kind: str = "") -> list[ShownRow]:
        """Rows of one kind; without a kind everything that is not unchanged, mistakes first."""
        rows = [self._row(finding) for finding in self.report["findings"]]
        gone = [
            ShownRow(None, one["staff_no"], one["name"], "missing", _("not in the file: to be confirmed as off post"))
            for one in self.report["missing"]
        ]
        if kind in self.counts:
            return [row for row in rows + gone if row.kind == kind]
        order = [Kind.WRONG.value, Kind.NEW.value, Kind.CHANGED.value, "missing"]
        return sorted((row for row in rows + gone if row.kind in order), key=lambda row: order.index(row.kind))

    def _row(self, finding: dict[str, Any]) -> ShownRow:
        kind = finding["kind"]
        if kind == Kind.WRONG:
            text = _("; ").join(Problem(*problem).sentence() for problem in finding["problems"])
        else:
            text = _("; ").join(_change(*change) for change in finding["changes"])
        return ShownRow(finding["row"], finding["staff_no"], finding["name"], kind, text)


def kind_label(kind: str) -> str:
    return {
        "new": _("New"),
        "changed": _("Changed"),
        "unchanged": _("Unchanged"),
        "wrong": _("Wrong"),
        "missing": _("Missing"),
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
