"""Write a bank into a file."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from exams.actions.export import export_bank
from exams.exchange.gathering import Written
from exams.exchange.registry import FORMATS, writable
from exams.models import QuestionBank
from lms.kernel import clock


class Command(BaseCommand):
    help = "Write the questions of a bank that are not out of use into FILE; say what the format cannot carry."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--bank", required=True, metavar="NAME")
        parser.add_argument("--format", required=True, choices=[each.key for each in writable()])
        parser.add_argument("--json", action="store_true", help="the report as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        bank = QuestionBank.objects.filter(name=options["bank"].strip()).first()
        if bank is None:
            raise CommandError(_("There is no bank “%(name)s”.") % {"name": options["bank"]})
        made = export_bank(bank=bank, format=FORMATS[options["format"]], by=None, at=clock.now())
        try:
            options["file"].write_bytes(made.data)
        except OSError:
            raise CommandError(_("The file %(path)s cannot be written.") % {"path": options["file"]}) from None
        if options["json"]:
            self.stdout.write(json.dumps(_report(made, options["format"]), ensure_ascii=False, indent=2))
        else:
            self._tell(made)

    def _tell(self, made: Written) -> None:
        counts = {"n": made.questions, "behind": len(made.not_carried)}
        self.stdout.write(_("%(n)s questions written, %(behind)s not.") % counts)
        for one in made.not_carried:
            self.stdout.write(f"  {one.place}  {one.what}: {one.reason}")
        for place, sentence in made.remarks:
            self.stdout.write(f"  {place}: {sentence}")


def _report(made: Written, format: str) -> dict[str, Any]:
    return {
        "format": format,
        "written": made.questions,
        "unsupported": [{"place": each.place, "what": each.what, "reason": each.reason} for each in made.not_carried],
        "remarks": [{"place": place, "reason": sentence} for place, sentence in made.remarks],
    }
