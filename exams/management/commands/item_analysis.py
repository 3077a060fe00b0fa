"""Classical test theory for a table of marks."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from exams.analysis import report
from exams.analysis.marks_file import MAX_BYTES, Problem, Unusable, read_marks
from exams.statistics import analyse


class Command(BaseCommand):
    help = "Item analysis of a CSV file: item names, then a row of maximum marks, then one attempt a row."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--marks", type=Path, required=True, metavar="FILE.csv")
        parser.add_argument("--json", action="store_true", help="every figure as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            file = read_marks(_bytes(options["marks"]))
        except Unusable as unusable:
            if options["json"]:
                self.stdout.write(
                    json.dumps({"errors": [vars(each) for each in unusable.problems]}, ensure_ascii=False)
                )
            raise CommandError("\n".join(_line(each) for each in unusable.problems)) from None
        analysis = analyse(file.table)
        if options["json"]:
            found = report.as_json(file.names, analysis)
            self.stdout.write(json.dumps(found, ensure_ascii=False, indent=2, allow_nan=False))
        else:
            self.stdout.write("\n".join(report.lines(file.names, analysis)))


def _line(problem: Problem) -> str:
    place = {"row": problem.row, "column": problem.column, "reason": problem.reason}
    if problem.column is None:
        return _("row %(row)s: %(reason)s") % place
    return _("row %(row)s, column %(column)s: %(reason)s") % place


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise Unusable([Problem(1, None, _("the file is larger than 64 MB"))])
        return path.read_bytes()
    except OSError:
        raise Unusable([Problem(1, None, _("the file %(path)s cannot be read") % {"path": path})]) from None
