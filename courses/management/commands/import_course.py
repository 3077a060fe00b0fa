"""`manage.py import_course FILE --line policy`: a Markdown file becomes a draft course."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from courses import actions
from courses.enums import Line
from courses.markdown import UnreadableMarkdown
from lms.kernel import clock
from lms.people.models import Person


class Command(BaseCommand):
    help = "Import a Markdown file as a draft course"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--line", choices=Line.values, required=True)
        parser.add_argument("--owner", metavar="STAFF_NO", default="")

    def handle(self, *args: Any, file: Path, line: str, owner: str, **options: Any) -> None:
        try:
            content = file.read_bytes()
        except OSError as problem:
            raise CommandError(_("The file cannot be read: %(problem)s") % {"problem": problem}) from problem
        person = self._owner(owner)
        try:
            page, notes = actions.import_course(
                content=content, file_name=file.name, line=line, owner=person, by=person, at=clock.now()
            )
        except UnreadableMarkdown as problem:
            raise CommandError(str(problem)) from problem
        count = page.lesson_pages().count()
        said = _("Imported as a draft: %(title)s, %(count)d lessons.") % {"title": page.title, "count": count}
        self.stdout.write("\n".join([said, *notes]))

    def _owner(self, staff_no: str) -> Person | None:
        if not staff_no:
            return None
        person = Person.objects.numbered(staff_no).first()
        if person is None:
            raise CommandError(_("No person has the staff number %(number)s.") % {"number": staff_no})
        return person
