"""What came of a roster: row by row, and about the file as a whole."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

from lms.people.models import OrgUnit, Person, Position
from lms.people.roster.problems import Problem
from lms.people.roster.rows import Row

GRAVE: Final = frozenset({"zeros", "namesake", "somebody_else"})


class Kind(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    WRONG = "wrong"


@dataclass
class Finding:
    """What one row comes to. `changes` lists (field, old, new) as shown, `doubts` what makes it suspicious."""

    row: Row
    kind: Kind
    person: Person | None = None
    changes: list[tuple[str, str, str]] = field(default_factory=list)
    doubts: list[Problem] = field(default_factory=list)

    @property
    def key(self) -> str:
        return f"row-{self.row.number}"

    @property
    def may_be_taken(self) -> bool:
        return self.kind in (Kind.NEW, Kind.CHANGED)

    @property
    def taken(self) -> bool:
        """What happens to it when nobody decides: a doubt whether it is the right person keeps it out."""
        return self.may_be_taken and not any(doubt.code in GRAVE for doubt in self.doubts)


@dataclass(frozen=True)
class Concern:
    """Something odd about the file as a whole: what it is about, and why."""

    code: str
    name: str
    problem: Problem


@dataclass
class Comparison:
    findings: list[Finding]
    missing: list[Person]
    units: dict[str, OrgUnit]
    positions: dict[str, Position]
    concerns: list[Concern]

    @property
    def counts(self) -> dict[str, int]:
        """Rows by kind, people missing, and what is suspicious: rows that are new or changed as well, and concerns."""
        kinds = Counter(finding.kind.value for finding in self.findings)
        suspicious = sum(1 for finding in self.findings if finding.doubts) + len(self.concerns)
        return {
            **{kind.value: kinds[kind.value] for kind in Kind},
            "missing": len(self.missing),
            "suspicious": suspicious,
        }

    def taken(self, decisions: Mapping[str, bool]) -> tuple[list[Finding], list[Person]]:
        """Rows to apply and people to mark: what somebody decided, else all but rows with a grave doubt."""
        rows = [one for one in self.findings if one.may_be_taken and decisions.get(one.key, one.taken)]
        return rows, [one for one in self.missing if decisions.get(missing_key(one.staff_no), True)]

    def plan(self) -> list[Any]:
        """What applying would do, as plain values: two equal plans do the same."""
        rows = [
            [
                finding.row.number,
                finding.kind.value,
                [list(change) for change in finding.changes],
                [[doubt.code, doubt.value] for doubt in finding.doubts],
            ]
            for finding in self.findings
        ]
        return [rows, sorted(person.staff_no for person in self.missing)]


def missing_key(staff_no: str) -> str:
    """What a decision about somebody the file lacks is kept under."""
    return f"gone-{staff_no}"
