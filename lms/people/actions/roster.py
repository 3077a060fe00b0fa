"""Reading a roster file into a report, and applying a confirmed report."""

import hashlib
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from lms.journal.actions import write
from lms.people.actions.posts import join, leave, move
from lms.people.enums import Employment, PostStatus
from lms.people.models import OrgUnit, Person, Position, PostAssignment, RosterImport
from lms.people.refusals import refused
from lms.people.roster.columns import find_header
from lms.people.roster.comparison import GONE, Comparison, Finding, Kind, compare, new_status, new_values
from lms.people.roster.rows import FAMILIES, Row, day_of, read_rows
from lms.people.roster.workbook import read_workbook
from lms.people.rules import EXTERNAL


def read_roster(
    content: bytes, *, file_name: str, within: QuerySet[OrgUnit], by: Person | None, at: datetime
) -> RosterImport:
    """Read the file and store a report of what it would change; nobody changes yet.

    `within` are the units `by` may import for. RosterFileError when the file as a whole cannot be used.
    """
    sheet, header = find_header(read_workbook(content))
    rows = read_rows(sheet, header)
    report = {
        "sheet": sheet.name,
        "header_row": header.row + 1,
        "ignored": header.ignored,
        "rows": [row.as_json() for row in rows],
        **_result(compare(rows, within=within)),
    }
    return RosterImport.objects.create(
        file_name=file_name[-255:],
        file_sha256=hashlib.sha256(content).hexdigest(),
        report=report,
        read_at=at,
        by=by,
    )


@transaction.atomic
def import_roster(*, report: RosterImport, within: QuerySet[OrgUnit], by: Person | None, at: datetime) -> RosterImport:
    """Apply a report as it was shown: all of it or, when people have changed since, nothing. Wrong rows stay out."""
    if not RosterImport.objects.filter(pk=report.pk, applied_at=None).update(applied_at=at):
        raise refused("roster_applied")
    rows = [Row.from_json(row) for row in report.report["rows"]]
    comparison = compare(rows, within=within)
    if comparison.plan() != report.report["plan"]:
        raise refused("roster_stale")
    for finding in comparison.findings:
        if finding.kind in (Kind.NEW, Kind.CHANGED):
            _apply(finding, comparison, by, at)
    for person in comparison.missing:
        _set_status(person, PostStatus.MISSING)
        write("person-missing", by=by, at=at, about=person, payload={"roster": str(report.uuid)})
    payload = {"roster": str(report.uuid), "sha256": report.file_sha256, **comparison.counts}
    write("roster-imported", by=by, at=at, payload=payload)
    report.refresh_from_db()
    return report


def _result(comparison: Comparison) -> dict[str, Any]:
    found = [
        {
            "row": finding.row.number,
            "staff_no": finding.row.get("staff_no"),
            "name": finding.row.get("name"),
            "kind": finding.kind.value,
            "changes": [list(change) for change in finding.changes],
            "problems": [[problem.column, problem.code, problem.value] for problem in finding.row.problems],
        }
        for finding in comparison.findings
    ]
    missing = [{"staff_no": person.staff_no, "name": person.name} for person in comparison.missing]
    return {"counts": comparison.counts, "findings": found, "missing": missing, "plan": comparison.plan()}


def _apply(finding: Finding, comparison: Comparison, by: Person | None, at: datetime) -> None:
    row = finding.row
    unit = comparison.units[row.get("unit").upper()]
    position = _position(row, comparison)
    person = finding.person or _join(row, unit, position, by, at)
    status = PostStatus(new_status(row, finding.person))
    _set_values(person, new_values(row))
    if status in GONE:
        _leave(person, row, status, by, at)
        return
    if finding.person:
        move(person=person, unit=unit, position=position, starts_on=_starts_on(person, row, at), by=by, at=at)
    _set_status(person, status)


def _join(row: Row, unit: OrgUnit, position: Position, by: Person | None, at: datetime) -> Person:
    values = new_values(row)
    return join(
        staff_no=row.get("staff_no"),
        name=values["name"],
        unit=unit,
        position=position,
        employment=Employment(values["employment"]),
        starts_on=day_of(row, "post_since") or day_of(row, "joined_on") or timezone.localdate(at),
        by=by,
        at=at,
    )


def _set_values(person: Person, values: dict[str, Any]) -> None:
    for name, value in values.items():
        setattr(person, name, value)
    person.is_external = person.employment in EXTERNAL
    person.save(update_fields=[*values, "is_external"])


def _set_status(person: Person, status: PostStatus) -> None:
    if person.post_status != status:
        person.post_status = status
        person.save(update_fields=["post_status"])


def _leave(person: Person, row: Row, status: PostStatus, by: Person | None, at: datetime) -> None:
    if person.post_status == status:
        return
    post = PostAssignment.objects.current().filter(person=person).first()
    day = day_of(row, "status_since") or timezone.localdate(at)
    leave(person=person, ends_on=max(day, post.starts_on) if post else day, status=status, by=by, at=at)


def _starts_on(person: Person, row: Row, at: datetime) -> date:
    """When the new post begins: as the file says, unless that day still belongs to the old post's record."""
    said, today = day_of(row, "post_since"), timezone.localdate(at)
    post = PostAssignment.objects.current().filter(person=person).first()
    begun = post.starts_on if post else None
    if said and (begun is None or said > begun):
        return said
    return max(today, begun) if begun else today


def _position(row: Row, comparison: Comparison) -> Position:
    """The position of the row, opened when the file names a new one in full."""
    key = row.get("position").upper()
    if key not in comparison.positions:
        comparison.positions[key] = Position.objects.create(
            code=row.get("position"), name=row.get("position_name"), family=FAMILIES[row.get("family")]
        )
    return comparison.positions[key]
