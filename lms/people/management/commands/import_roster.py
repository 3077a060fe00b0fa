"""`manage.py import_roster FILE.xlsx`: read a roster, say what it changes, apply it."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from lms.kernel import clock
from lms.people import actions
from lms.people.models import OrgUnit, RosterImport
from lms.people.roster.problems import RosterFileError
from lms.people.roster.wording import Shown, kind_label

TOLD = ("number", "staff_no", "name", "kind", "text", "doubts", "taken")


class Command(BaseCommand):
    help = "Read a roster (.xlsx), report new, changed, unchanged and wrong rows, and apply it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="only report, change nothing")
        parser.add_argument("--json", action="store_true", help="the report as JSON")

    def handle(self, *args: Any, file: Path, dry_run: bool, **options: Any) -> None:
        try:
            content = file.read_bytes()
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}") from error
        at, units = clock.now(), OrgUnit.objects.all()
        try:
            report = actions.read_roster(content, file_name=file.name, within=units, by=None, at=at)
        except RosterFileError as problem:
            raise CommandError(f"{file.name}: {problem}") from problem
        if dry_run:
            report.delete()
        else:
            actions.import_roster(report=report, within=units, by=None, at=at)
        self.stdout.write(_as_json(report) if options["json"] else _as_text(report))


def _as_text(report: RosterImport) -> str:
    shown = Shown(report.report)
    lines = ["  ".join(f"{kind_label(kind)} {count}" for kind, count in shown.counts.items())]
    lines += [f"{name}: {why}" for name, why in shown.ignored]
    lines += [
        f"{row.number or '-':>5}  {row.staff_no}  {row.name}  {kind_label(row.kind)}  {row.text}"
        for row in shown.rows()
    ]
    return "\n".join(lines)


def _as_json(report: RosterImport) -> str:
    shown = Shown(report.report)
    rows = [{name: getattr(row, name) for name in TOLD} for row in shown.rows()]
    facts = {
        "file": report.file_name,
        "sha256": report.file_sha256,
        "applied": report.applied_at is not None,
        "counts": shown.counts,
        "ignored": dict(shown.ignored),
        "rows": rows,
    }
    return json.dumps(facts, ensure_ascii=False, indent=2)
