"""Hand out a bank as a file."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from exams.exchange.gathering import Written
from exams.exchange.load import load
from exams.exchange.question import Exchanged
from exams.exchange.registry import Format
from exams.markup import bare
from exams.models import Question, QuestionBank
from lms.journal import actions as journal
from lms.people.models import Person


def written(bank: QuestionBank, format: Format) -> Written:
    """The questions of a bank that are not out of use, in a format that can be written."""
    assert format.write is not None
    return format.write(_named(bank.questions.exclude(state=Question.State.RETIRED).order_by("topic", "code", "pk")))


def _named(questions: QuerySet[Question]) -> Iterator[Exchanged]:
    """Each with its first words as its place, by which people know it."""
    for question in load(questions):
        yield replace(question, place=f"{question.place} {bare(question.stem, question.markup)[:40]}")


@transaction.atomic
def export_bank(*, bank: QuestionBank, format: Format, by: Person | None, at: datetime) -> Written:
    """The same, noted down: a file with keys leaves the house."""
    found = written(bank, format)
    payload = {"bank": bank.pk, "format": format.key, "count": found.questions}
    journal.write("questions-exported", by=by, unit=bank.unit, at=at, payload=payload)
    return found
