"""`manage.py verify_rollups [--repair]`: compare the figures kept ready for managers with the facts."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from lms.journal.actions import take_along
from lms.kernel import clock
from lms.reports.rollups import fold, rows, verify, waiting
from lms.reports.rollups.verify import Difference

TRIES = 5


class Command(BaseCommand):
    help = "Compare the roll-ups of completion with the facts, course by course; --repair writes what the facts say."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--repair", action="store_true")

    def handle(self, *args: Any, repair: bool, **rest: Any) -> None:
        wrong = 0
        for course in verify.courses():
            for one in self._verified(course, repair=repair):
                wrong += 1
                self.stdout.write(_text(one))
        if wrong and not repair:
            raise CommandError(f"{wrong} of the figures differ from the facts; --repair writes what the facts say.")
        self.stdout.write(f"{wrong} repaired" if wrong else "Every figure is what the facts say.")

    @transaction.atomic
    def _verified(self, course: int, *, repair: bool) -> list[Difference]:
        """What differs although nothing waits; while people go on learning, it is looked at again."""
        at = clock.now()
        rows.lock(at=at)
        for _ in range(TRIES):
            fold.take_in(take_along(waiting.HANDLER, at=at), at=at)
            found = list(verify.differences(course, rows.chains()))
            if not found or not waiting.touches(course):
                break
        if repair:
            verify.repair(found)
        return found


def _text(one: Difference) -> str:
    key = one.key
    what = "required only" if key.only_required else "all"
    return (
        f"course {one.course}, unit {key.unit}, {key.measure} {key.moment.isoformat()}, {what}: "
        f"stored {one.stored}, facts {one.expected} (own, with all below: assigned, completed, on time)"
    )
