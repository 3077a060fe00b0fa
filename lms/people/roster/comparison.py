"""What a roster would change: each row against the people the system knows."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.db.models import QuerySet

from lms.people.enums import PostStatus
from lms.people.models import OrgUnit, Person, Position, PostAssignment
from lms.people.roster.rows import EMPLOYMENT, STATUSES, Row, day_of
from lms.people.rules import EXTERNAL

GONE = frozenset({PostStatus.OFF_POST, PostStatus.RETIRED})
KEPT = ("name", "phone", "email", "employment", "joined_on")  # fields of Person a row may change


class Kind(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    WRONG = "wrong"


@dataclass
class Finding:
    """What one row comes to. `changes` lists (field, old, new) as shown to people."""

    row: Row
    kind: Kind
    person: Person | None = None
    changes: list[tuple[str, str, str]] = field(default_factory=list)


@dataclass
class Comparison:
    findings: list[Finding]
    missing: list[Person]
    units: dict[str, OrgUnit]
    positions: dict[str, Position]

    @property
    def counts(self) -> dict[str, int]:
        kinds = Counter(finding.kind.value for finding in self.findings)
        return {**{kind.value: kinds[kind.value] for kind in Kind}, "missing": len(self.missing)}

    def plan(self) -> list[Any]:
        """What applying would do, as plain values: two equal plans do the same."""
        rows = [
            [finding.row.number, finding.kind.value, [list(change) for change in finding.changes]]
            for finding in self.findings
        ]
        return [rows, sorted(person.staff_no for person in self.missing)]


class Known:
    """The people, posts, units and positions of the system, read once."""

    def __init__(self, within: QuerySet[OrgUnit]) -> None:
        self.units = {unit.code.upper(): unit for unit in within}
        self.positions = {position.code.upper(): position for position in Position.objects.all()}
        self.people: dict[str, Person] = {person.staff_no.upper(): person for person in Person.objects.all()}
        current = PostAssignment.objects.current().select_related("unit", "position")
        self.posts = {post.person_id: post for post in current}
        self.unpadded: dict[str, str] = {
            number.lstrip("0"): person.staff_no for number, person in self.people.items() if number.startswith("0")
        }

    def reaches(self, person: Person) -> bool:
        """Whether the person works inside the units one may import for; who has no post belongs to nobody."""
        post = self.posts.get(person.pk)
        return post is None or post.unit.code.upper() in self.units


def compare(rows: list[Row], *, within: QuerySet[OrgUnit]) -> Comparison:
    """Compare rows with the database as it is now; only `within` exists for who imports."""
    known = Known(within)
    padded = {row.get("staff_no").lstrip("0"): row.get("staff_no") for row in rows if row.get("staff_no")[:1] == "0"}
    findings = [_find(row, known, padded) for row in rows]
    return Comparison(findings, _missing(findings, known), known.units, known.positions)


def _find(row: Row, known: Known, padded: dict[str, str]) -> Finding:
    row = Row(row.number, dict(row.values), list(row.problems), row.numeric)
    number = row.get("staff_no").upper()
    person = known.people.get(number)
    _check_number(row, number, person, known, padded)
    _check_unit(row, known)
    _check_position(row, known)
    if person and not known.reaches(person):
        row.complain("staff_no", "outside", row.get("staff_no"))
    if row.problems:
        return Finding(row, Kind.WRONG, person)
    if person is None:
        return Finding(row, Kind.NEW, None, list(_post_changes(row, None, known)))
    changes = list(_changes(row, person, known))
    return Finding(row, Kind.CHANGED if changes else Kind.UNCHANGED, person, changes)


def _check_number(row: Row, number: str, person: Person | None, known: Known, padded: dict[str, str]) -> None:
    """A number that is known except for its leading zeros is a slip of the spreadsheet, not a new person."""
    if not number or person:
        return
    fuller = known.unpadded.get(number) or (padded.get(number) if row.numeric else None)
    if fuller:
        row.complain("staff_no", "lost_zeros", fuller)
    elif row.numeric and known.unpadded:
        row.complain("staff_no", "numeric", number)


def _check_unit(row: Row, known: Known) -> None:
    company, unit = known.units.get(row.get("company").upper()), known.units.get(row.get("unit").upper())
    if row.get("company") and company is None:
        row.complain("company", "unknown_unit", row.get("company"))
    if row.get("unit") and unit is None:
        row.complain("unit", "unknown_unit", row.get("unit"))
    if company and unit and not unit.path.startswith(company.path):
        row.complain("unit", "not_below", row.get("unit"))


def _check_position(row: Row, known: Known) -> None:
    code = row.get("position")
    can_be_opened = row.get("position_name") and row.get("family")
    if code and code.upper() not in known.positions and not can_be_opened:
        row.complain("position", "unknown_position", code)


def _changes(row: Row, person: Person, known: Known) -> Iterable[tuple[str, str, str]]:
    """Differences between row and person; an empty cell says nothing, so it changes nothing."""
    new = new_values(row)
    for name in KEPT:
        old = getattr(person, name)
        if name in new and new[name] != old:
            yield name, _shown(old), _shown(new[name])
    status = new_status(row, person)
    if status != person.post_status:
        yield "status", person.post_status, status
    if status not in GONE:
        yield from _post_changes(row, known.posts.get(person.pk), known)


def _post_changes(row: Row, post: PostAssignment | None, known: Known) -> Iterable[tuple[str, str, str]]:
    unit, position = known.units[row.get("unit").upper()], known.positions.get(row.get("position").upper())
    if post is None or post.unit_id != unit.pk:
        yield "unit", post.unit.name if post else "", unit.name
    if post is None or position is None or post.position_id != position.pk:
        yield "position", post.position.name if post else "", position.name if position else row.get("position_name")


def new_values(row: Row) -> dict[str, Any]:
    """The fields of Person this row sets."""
    values: dict[str, Any] = {key: row.get(key) for key in ("name", "phone", "email") if row.get(key)}
    values["employment"] = EMPLOYMENT[row.get("employment")].value
    if row.get("joined_on"):
        values["joined_on"] = day_of(row, "joined_on")
    return values


def new_status(row: Row, person: Person | None) -> str:
    """The status the row gives; a row without one puts people who were missing or gone back on post."""
    if row.get("status"):
        return STATUSES[row.get("status")].value
    kept = person and person.post_status in (PostStatus.ON_LEAVE, PostStatus.LENT)
    return person.post_status if person and kept else PostStatus.ON_POST.value


def _missing(findings: list[Finding], known: Known) -> list[Person]:
    """People on post within the file's units whom it does not name.

    Rows with mistakes count as naming whom they probably mean; externals are looked for only when the file lists
    some; who is already marked stays marked and is not reported again.
    """
    named, names = _named(findings, known)
    companies = {finding.row.get("company").upper() for finding in findings}
    roots = tuple(unit.path for code, unit in known.units.items() if code in companies)
    externals = any(is_external(finding.row) for finding in findings)
    return [
        person
        for person in known.people.values()
        if person.pk not in named
        and person.name not in names
        and person.post_status not in {*GONE, PostStatus.MISSING}
        and (externals or not person.is_external)
        and (post := known.posts.get(person.pk))
        and post.unit.path.startswith(roots)
    ]


def _named(findings: list[Finding], known: Known) -> tuple[set[int], set[str]]:
    """Ids of everybody the file names, and the names in wrong rows that lead to nobody."""
    ids = {finding.person.pk for finding in findings if finding.person}
    unclear = [finding.row for finding in findings if finding.kind == Kind.WRONG and not finding.person]
    meant = {problem.value.upper() for row in unclear for problem in row.problems if problem.code == "lost_zeros"}
    ids |= {known.people[number].pk for number in meant if number in known.people}
    return ids, {row.get("name") for row in unclear}


def is_external(row: Row) -> bool:
    return EMPLOYMENT.get(row.get("employment")) in EXTERNAL


def _shown(value: Any) -> str:
    return "" if value is None else str(value)
