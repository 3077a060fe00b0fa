"""`manage.py verify_rollups [--repair]`: compare the figures kept ready for managers with the facts."""

from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from lms.journal.actions import take_along
from lms.kernel import clock
from lms.reports.rollups import fold, rows, verify, waiting
from lms.reports.rollups.verify import Difference

TRIES = 5
MOST = 1000  # differences of a course that are listed


class Command(BaseCommand):
    help = "Compare the roll-ups of completion with the facts, course by course; --repair writes what the facts say."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--repair", action="store_true")

    def handle(self, *args: Any, repair: bool, **rest: Any) -> None:
        wrong = 0
        for course in verify.courses():
            for one in self._repaired(course) if repair else self._differing(course):
                wrong += 1
                self.stdout.write(_text(one))
        if wrong and not repair:
            raise CommandError(f"{wrong} of the figures differ from the facts; --repair writes what the facts say.")
        self.stdout.write(f"{wrong} repaired" if wrong else "Every figure is what the facts say.")

    def _repaired(self, course: int) -> Iterator[Difference]:
        """What completes meanwhile is announced, and folded later upon what stands here then."""
        with transaction.atomic():
            _take_in()
            yield from verify.repaired(course)

    @transaction.atomic
    def _differing(self, course: int) -> list[Difference]:
        """What differs although nothing waits, the first MOST; while people go on learning, it is looked at again."""
        for _ in range(TRIES):
            _take_in()
            found = list(islice(verify.differences(course), MOST))
            if not found or not waiting.touches(course):
                break
        return found


def _take_in() -> None:
    """Fold what waits; nobody else writes roll-ups until the transaction ends."""
    at = clock.now()
    rows.lock(at=at)
    fold.take_in(take_along(waiting.HANDLER, at=at), at=at)


def _text(one: Difference) -> str:
    key = one.key
    what = "required only" if key.only_required else "all"
    return (
        f"course {one.course}, unit {key.unit}, {key.measure} {key.moment.isoformat()}, {what}: "
        f"stored {one.stored}, facts {one.expected} (own, with all below: assigned, completed, on time)"
    )
