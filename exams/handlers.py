"""What exams do when something happened."""

from datetime import datetime

from exams.actions.mistakes import collect_mistakes
from exams.models import Attempt
from lms.journal.models import Entry


def fill_the_book_of_mistakes(entry: Entry, *, at: datetime) -> None:
    """scores-released: what was wrong can be practised."""
    attempt = Attempt.objects.select_related("person").get(pk=entry.payload["attempt"])
    collect_mistakes(attempt=attempt, at=at)
