"""`manage.py add_administrator admin 系统管理员 --over YL`: the first account of a new installation.

Prints a one-time password. It grants the roles; everything else is then done on the desk.
"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from lms.kernel import clock
from lms.people import actions
from lms.people.enums import Employment, Role
from lms.people.models import OrgUnit, Person
from lms.people.refusals import Refused


class Command(BaseCommand):
    help = "Add a system administrator and print a one-time password."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("staff_no")
        parser.add_argument("name")
        parser.add_argument("--over", metavar="CODE", required=True, help="the unit to administer, with all below")

    def handle(self, *args: Any, staff_no: str, name: str, over: str, **options: Any) -> None:
        unit = OrgUnit.objects.filter(code=over).first()
        if unit is None:
            raise CommandError(f"There is no unit {over}. Open it with place_unit first.")
        try:
            password = _add(staff_no, name, unit)
        except Refused as reason:
            raise CommandError(str(reason)) from reason
        self.stdout.write(password)


@transaction.atomic
def _add(staff_no: str, name: str, unit: OrgUnit) -> str:
    at = clock.now()
    person = Person.objects.numbered(staff_no).first() or actions.join(
        staff_no=staff_no,
        name=name,
        unit=None,
        position=None,
        employment=Employment.OWN,
        starts_on=at.date(),
        by=None,
        at=at,
    )
    actions.grant_role(person=person, role=Role.SYSTEM_ADMIN, unit=unit, by=None, at=at)
    return actions.issue_password(person=person, by=None, at=at)
