"""`manage.py import_course FILE… --line policy`: a Word or Markdown file becomes a draft course."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from courses import actions
from courses.enums import Line
from courses.imports import Sent, Unreadable, read
from lms.kernel import clock
from lms.people.models import Person


class Command(BaseCommand):
    help = "Import a Word file, a zip file, or a Markdown file and its pictures as a draft course"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", type=Path, nargs="+", metavar="FILE")
        parser.add_argument("--line", choices=Line.values, required=True)
        parser.add_argument("--owner", metavar="STAFF_NO", default="")

    def handle(self, *args: Any, files: list[Path], line: str, owner: str, **options: Any) -> None:
        person = self._owner(owner)
        try:
            draft = read([Sent(file.name, file.read_bytes()) for file in files])
        except OSError as problem:
            raise CommandError(_("The file cannot be read: %(problem)s") % {"problem": problem}) from problem
        except Unreadable as problem:
            raise CommandError(str(problem)) from problem
        page = actions.import_course(draft=draft, line=line, owner=person, by=person, at=clock.now())
        assert page is not None
        said = _("Imported as a draft: %(title)s, %(count)d lessons.")
        count = page.lesson_pages().count()
        self.stdout.write("\n".join([said % {"title": page.title, "count": count}, *map(str, draft.notes)]))

    def _owner(self, staff_no: str) -> Person | None:
        if not staff_no:
            return None
        person = Person.objects.numbered(staff_no).first()
        if person is None:
            raise CommandError(_("No person has the staff number %(number)s.") % {"number": staff_no})
        return person
