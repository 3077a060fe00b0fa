"""`manage.py place_unit YL0901 变电运维班 team --under YL09`: open, rename or re-hang one unit of the organisation."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from lms.kernel import clock
from lms.people import actions
from lms.people.enums import UnitKind
from lms.people.models import OrgUnit
from lms.people.refusals import Refused


class Command(BaseCommand):
    help = "Open an organisation unit, or rename and re-hang the one with this code."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("code")
        parser.add_argument("name")
        parser.add_argument("kind", choices=UnitKind.values)
        parser.add_argument("--under", metavar="CODE", help="the unit above; without it this is a root")
        parser.add_argument("--order", type=int, default=0)

    def handle(self, *args: Any, code: str, name: str, kind: str, under: str | None, order: int, **rest: Any) -> None:
        parent = OrgUnit.objects.filter(code=under).first() if under else None
        if under and parent is None:
            raise CommandError(f"There is no unit {under}.")
        try:
            unit = actions.place_unit(
                code=code, name=name, kind=UnitKind(kind), parent=parent, order=order, by=None, at=clock.now()
            )
        except Refused as reason:
            raise CommandError(str(reason)) from reason
        self.stdout.write(unit.path)
