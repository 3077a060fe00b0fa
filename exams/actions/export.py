"""Hand out a bank as a file."""

from datetime import datetime

from django.db import transaction

from exams.exchange.gathering import Written
from exams.exchange.load import load
from exams.exchange.registry import Format
from exams.models import Question, QuestionBank
from lms.journal import actions as journal
from lms.people.models import Person


def written(bank: QuestionBank, format: Format) -> Written:
    """The questions of a bank that are not out of use, in a format that can be written."""
    assert format.write is not None
    return format.write(load(bank.questions.exclude(state=Question.State.RETIRED).order_by("topic", "code", "pk")))


@transaction.atomic
def export_bank(*, bank: QuestionBank, format: Format, by: Person | None, at: datetime) -> Written:
    """The same, noted down: a file with keys leaves the house."""
    found = written(bank, format)
    payload = {"bank": bank.pk, "format": format.key, "count": found.questions}
    journal.write("questions-exported", by=by, unit=bank.unit, at=at, payload=payload)
    return found
