"""Import questions from a file into a bank."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from exams.exchange.opening import open_file
from exams.exchange.registry import FORMATS, readable
from exams.imports import Line, Reading, Report, Unreadable, apply, preview, read
from exams.imports.read import formats as workbooks
from exams.imports.report import Doubt
from exams.imports.workbook import MAX_BYTES
from lms.kernel import clock


class Command(BaseCommand):
    help = "Import questions from FILE into a bank; the bank is made when there is none of this name."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--bank", required=True, metavar="NAME")
        parser.add_argument("--format", choices=_formats(), default="auto")
        parser.add_argument("--dry-run", action="store_true", help="report, but store nothing")
        parser.add_argument("--json", action="store_true", help="the report as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            reading = _read(options["file"], options["format"])
        except Unreadable as problem:
            if options["json"]:
                self.stdout.write(json.dumps({"error": str(problem)}, ensure_ascii=False))
            raise CommandError(str(problem)) from None
        if options["dry_run"]:
            report = preview(reading, bank_name=options["bank"])
        else:
            report = apply(reading, bank_name=options["bank"], unit=None, by=None, at=clock.now()).report
        imported = 0 if options["dry_run"] else len(report.new)
        if options["json"]:
            self.stdout.write(json.dumps(report.as_json(imported=imported), ensure_ascii=False, indent=2))
        else:
            self._tell(report, imported, dry=options["dry_run"])

    def _tell(self, report: Report, imported: int, *, dry: bool) -> None:
        counts = {
            "rows": report.rows,
            "new": len(report.new),
            "duplicates": len(report.duplicates),
            "errors": len(report.refused),
            "unsupported": len(report.unsupported),
            "suspicious": len(report.suspicious),
        }
        self.stdout.write(
            _(
                "%(rows)s rows: %(new)s new, %(duplicates)s duplicate, %(errors)s with errors, "
                "%(unsupported)s not supported; %(suspicious)s suspicious"
            )
            % counts
        )
        self._list(_("Duplicate"), report.duplicates)
        self._list(_("Error"), report.refused)
        self._list(_("Not supported"), report.unsupported)
        self._doubts(report)
        self._list(_("Not kept"), report.remarks)
        if report.ignored:
            self.stdout.write(_("Columns not kept: %(names)s") % {"names": "、".join(report.ignored)})
        self.stdout.write(_("Nothing was stored (dry run).") if dry else _("%(n)s imported.") % {"n": imported})

    def _doubts(self, report: Report) -> None:
        """Suspicious rows one by one; those that only lack an explanation may be all of them, so they are counted."""
        doubted = [finding for finding in report.findings if finding.doubt]
        others = [finding.line() for finding in doubted if finding.doubt != Doubt.EXPLANATION]
        self._list(_("Suspicious"), others)
        if len(others) < len(doubted):
            self.stdout.write(_("%(n)s without an explanation") % {"n": len(doubted) - len(others)})

    def _list(self, heading: str, lines: list[Line]) -> None:
        for line in lines:
            where = _("row %(row)s, column %(column)s") % {"row": line.row, "column": line.column}
            where = line.place or (f"{line.sheet} {where}" if line.sheet else where)
            self.stdout.write(f"  {heading}  {where}: {line.reason}  {line.stem}")


def _formats() -> list[str]:
    """Every format of files, and every kind of workbook."""
    return list(dict.fromkeys(["auto", *(each.key for each in readable()), *workbooks()]))


def _read(path: Path, format: str) -> Reading:
    data = _bytes(path)
    if format != "auto" and format not in FORMATS:
        return read(data, format=format)
    return open_file(data, name=path.name, format=format)


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise Unreadable(_("The file is larger than 10 MB. Please split it."))
        return path.read_bytes()
    except OSError:
        raise Unreadable(_("The file %(path)s cannot be read.") % {"path": path}) from None
