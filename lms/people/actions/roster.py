"""Reading a roster file into a report, deciding about its rows, and applying a confirmed report."""

import hashlib
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from lms.journal.actions import write
from lms.people.actions.posts import join, leave, move
from lms.people.enums import Employment, PostStatus
from lms.people.models import OrgUnit, Person, Position, PostAssignment, RosterImport
from lms.people.refusals import Refused, refused
from lms.people.roster.columns import find_header
from lms.people.roster.comparison import GONE, compare, new_status, new_values
from lms.people.roster.findings import Comparison, Finding
from lms.people.roster.report import fresh_keys, result
from lms.people.roster.rows import FAMILIES, Row, day_of, read_rows
from lms.people.roster.workbook import read_workbook
from lms.people.rules import EXTERNAL

TOLD_EVERY = 100  # rows


class Stale(Refused):
    """People have changed since they were compared with the file."""


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
        **result(compare(rows, within=within)),
    }
    return RosterImport.objects.create(
        file_name=file_name[-255:],
        file_sha256=hashlib.sha256(content).hexdigest(),
        report=report,
        read_at=at,
        by=by,
    )


@transaction.atomic
def decide_roster(*, report: RosterImport, decisions: Mapping[str, bool]) -> None:
    """Take rows or leave them out, by their keys, besides what was decided before. Nothing once it is confirmed."""
    held = RosterImport.objects.select_for_update().defer("report").get(pk=report.pk)
    undecided = RosterImport.objects.filter(pk=report.pk, applied_at=None, asked_at=None)
    undecided.update(decisions={**held.decisions, **decisions})


@transaction.atomic
def compare_again(*, report: RosterImport, within: QuerySet[OrgUnit]) -> None:
    """Bring a report up to date with people as they are now, for somebody to decide and confirm once more.

    What was decided about changed rows is forgotten.
    """
    held = RosterImport.objects.select_for_update().get(pk=report.pk)
    rows = [Row.from_json(row) for row in held.report["rows"]]
    new = {**held.report, **result(compare(rows, within=within))}
    fresh = fresh_keys(held.report, new)
    decisions = {key: taken for key, taken in held.decisions.items() if key not in fresh}
    new["fresh"] = sorted(fresh)
    open_again = {"asked_at": None, "begun_at": None, "trouble": "roster_stale"}
    unapplied = RosterImport.objects.filter(pk=report.pk, applied_at=None)
    unapplied.update(report=new, decisions=decisions, **open_again)


@transaction.atomic
def import_roster(
    *,
    report: RosterImport,
    within: QuerySet[OrgUnit],
    by: Person | None,
    at: datetime,
    tell: Callable[[int], None] = lambda done: None,
) -> RosterImport:
    """Apply a report as it was shown: all of it or, when people have changed since, nothing. Wrong rows stay out, and
    so do those somebody left out. `tell` hears now and then how many rows are done."""
    if not RosterImport.objects.filter(pk=report.pk, applied_at=None).update(applied_at=at):
        raise refused("roster_applied")
    report.refresh_from_db()
    comparison = compare([Row.from_json(row) for row in report.report["rows"]], within=within)
    if comparison.plan() != report.report["plan"]:
        raise Stale(str(refused("roster_stale")))
    taken, missing = comparison.taken(report.decisions)
    for done, finding in enumerate(taken):
        if done % TOLD_EVERY == 0:
            tell(done)
        _apply(finding, comparison, by, at)
    for person in missing:
        _set_status(person, PostStatus.MISSING)
        write("person-missing", by=by, at=at, about=person, payload={"roster": str(report.uuid)})
    counts = {**comparison.counts, "applied": len(taken), "marked": len(missing)}
    write(
        "roster-imported", by=by, at=at, payload={"roster": str(report.uuid), "sha256": report.file_sha256, **counts}
    )
    return report


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
        phone=values.get("phone", ""),
        email=values.get("email", ""),
        starts_on=day_of(row, "post_since") or day_of(row, "joined_on") or timezone.localdate(at),
        by=by,
        at=at,
    )


def _set_values(person: Person, values: dict[str, Any]) -> None:
    values = {**values, "is_external": values["employment"] in EXTERNAL}
    changed = [name for name, value in values.items() if getattr(person, name) != value]
    for name in changed:
        setattr(person, name, values[name])
    if changed:
        person.save(update_fields=changed)


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
