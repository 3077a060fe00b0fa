"""What a roster would change: each row against the people the system knows."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from lms.people.enums import PostStatus
from lms.people.models import OrgUnit, Person, PostAssignment
from lms.people.roster import doubts
from lms.people.roster.findings import Comparison, Finding, Kind
from lms.people.roster.known import Known
from lms.people.roster.numbers import Numbers
from lms.people.roster.rows import EMPLOYMENT, STATUSES, Row, day_of
from lms.people.rules import EXTERNAL

GONE = frozenset({PostStatus.OFF_POST, PostStatus.RETIRED})
KEPT = ("name", "phone", "email", "employment", "joined_on")  # fields of Person a row may change


def compare(rows: list[Row], *, within: QuerySet[OrgUnit]) -> Comparison:
    """Compare rows with the database as it is now; only `within` exists for who imports."""
    known = Known(within)
    numbers = Numbers(rows, known)
    findings = [_find(row, known, numbers) for row in rows]
    missing = _missing(findings, known)
    doubts.add(findings, known)
    return Comparison(findings, missing, known.units, known.positions, doubts.concerns(findings, missing, known))


def _find(row: Row, known: Known, numbers: Numbers) -> Finding:
    row = Row(row.number, dict(row.values), list(row.problems), row.numeric)
    person = numbers.person(row)
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
