"""Files between reading and confirming: their rows wait in the database with what somebody decides about each."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from exams import types
from exams.actions.banks import Draft
from exams.imports import exchanged
from exams.imports.apply import Outcome, Taken, apply, preview
from exams.imports.report import Finding
from exams.imports.rows import Cell, Reading, Row
from exams.markup import bare
from exams.models import ImportRow, QuestionImport
from lms.people.models import OrgUnit, Person

KEPT = timedelta(hours=12)
BATCH = 500


class AlreadyApplied(Exception):
    """Somebody confirmed the file before."""


@transaction.atomic
def keep(
    reading: Reading, *, file_name: str, bank_name: str, unit: OrgUnit, by: Person, at: datetime
) -> QuestionImport:
    """Put a file aside with what it would bring; nothing comes into a bank."""
    report = preview(reading, bank_name=bank_name)
    file = QuestionImport.objects.create(
        file_name=file_name[-255:], format=report.format, sheet=report.sheet, ignored=report.ignored,
        bank_name=bank_name.strip(), unit=unit, by=by, read_at=at,
    )  # fmt: skip
    rows = (_row(file, number, finding) for number, finding in enumerate(report.findings))
    ImportRow.objects.bulk_create(rows, batch_size=BATCH)
    return file


def waiting_for(person: Person, *, at: datetime) -> QuerySet[QuestionImport]:
    """Files a person has read and not confirmed, the last five, newest first."""
    return QuestionImport.objects.filter(by=person, applied_at=None, read_at__gte=at - KEPT).order_by("-read_at")[:5]


@transaction.atomic
def decide(*, file: QuestionImport, take: Collection[int], leave: Collection[int]) -> None:
    """Take and leave rows, by id. Rows that leave no choice, and rows of other files, stay as they are."""
    file.rows.open().filter(pk__in=take).update(taken=True)
    file.rows.open().filter(pk__in=leave).update(taken=False)


def decide_all(*, file: QuestionImport, kind: str, doubt: str, taken: bool) -> None:
    """The same for every row of a filter that allows it."""
    file.rows.all().at_once(kind, doubt).update(taken=taken)


@transaction.atomic
def confirm(*, file: QuestionImport, by: Person, at: datetime) -> Outcome:
    """Store what is taken, once: AlreadyApplied the second time. All of it or, when anything fails, nothing."""
    if not QuestionImport.objects.filter(pk=file.pk, applied_at=None).update(applied_at=at):
        raise AlreadyApplied
    rows = list(file.rows.all())
    reading = Reading(file.format, file.sheet, [_read(row.cells) for row in rows])
    outcome = apply(reading, bank_name=file.bank_name, unit=file.unit, by=by, at=at, taken=_taken(rows))
    QuestionImport.objects.filter(pk=file.pk).update(bank=outcome.bank)
    file.rows.all().delete()
    return outcome


def forget_old(*, at: datetime) -> None:
    """Throw away what nobody confirmed."""
    QuestionImport.objects.filter(applied_at=None, read_at__lt=at - KEPT).delete()


def _taken(rows: Iterable[ImportRow]) -> Taken:
    places: dict[bool, set[tuple[str, int]]] = {True: set(), False: set()}
    for row in rows:
        if row.taken:
            places[row.revises].add((row.cells["sheet"], row.cells["row"]))
    return Taken(new=places[False], versions=places[True])


def _row(file: QuestionImport, place: int, finding: Finding) -> ImportRow:
    return ImportRow(
        file=file,
        place=place,
        kind=finding.kind,
        doubt=finding.doubt,
        may_be_taken=finding.may_be_taken,
        taken=finding.taken,
        revises=finding.ours is not None,
        hash=finding.draft.hash if finding.draft else "",
        cells=_written(finding.row),
        shown=_shown(finding),
    )


def _shown(finding: Finding) -> dict[str, Any]:
    row, draft = finding.row, finding.draft
    return {
        "type": draft.type if draft else "",
        "stem": bare(draft.stem, draft.markup) if draft else row.text("stem")[:200],
        "where": row.where,
        "media": len(draft.media) if draft else 0,
        "topic": draft.topic if draft else "",
        "options": _options(draft) if draft else [],
        "explanation": bare(draft.explanation, draft.markup) if draft else "",
        "remarks": finding.remarks,
        "changes": finding.changes,
        "first": finding.first,
    }


def _options(draft: Draft) -> list[tuple[str, str, bool]]:
    """Letter, text, and whether it is right."""
    kind = types.get(draft.type)
    order = kind.shuffled(draft.content, None)
    return [
        (line.letter, bare(line.text, draft.markup), line.right)
        for line in kind.reviewed(draft.content, draft.key, order, None)
    ]


def _written(row: Row) -> dict[str, Any]:
    cells = {name: [cell.text, cell.column, cell.formula] for name, cell in row.cells.items()}
    return {"sheet": row.sheet, "row": row.number, "cells": cells, **exchanged.stored(row)}


def _read(stored: dict[str, Any]) -> Row:
    row = Row(stored["row"], {name: Cell(*cell) for name, cell in stored["cells"].items()}, stored["sheet"])
    return exchanged.restored(row, stored)
