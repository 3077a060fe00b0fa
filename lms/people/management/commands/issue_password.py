"""`manage.py issue_password 00120011`: a one-time password from the console, for when nobody else can give one."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from lms.kernel import clock
from lms.people import actions
from lms.people.models import Person


class Command(BaseCommand):
    help = "Print a new one-time password for the person with this staff number."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("staff_no")

    def handle(self, *args: Any, staff_no: str, **options: Any) -> None:
        person = Person.objects.numbered(staff_no).first()
        if person is None:
            raise CommandError(f"Nobody has the staff number {staff_no}.")
        self.stdout.write(actions.issue_password(person=person, by=None, at=clock.now()))
