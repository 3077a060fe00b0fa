"""错题本: what goes in, what goes out."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import Case, F, Value, When

from exams.models import Attempt, AttemptItem, QuestionVersion, WrongItem
from exams.practice import rules
from lms.people.models import Person


@transaction.atomic
def got_wrong(*, person: Person, versions: Collection[QuestionVersion], at: datetime) -> None:
    """Put questions into the book, or start their count again. What was known at `at` or later is left alone."""
    known = WrongItem.objects.filter(person=person)
    met = set(known.filter(question__in=[each.question_id for each in versions]).values_list("question", flat=True))
    fresh = [each for each in versions if each.question_id not in met]
    WrongItem.objects.bulk_create(
        [WrongItem(person=person, question_id=each.question_id, version=each, wrong_at=at) for each in fresh],
        ignore_conflicts=True,
    )
    for each in versions:
        if each.question_id in met:
            older = known.filter(question=each.question_id, wrong_at__lt=at)
            older.update(version=each, times=F("times") + 1, streak=0, wrong_at=at, left_at=None)


def right_again(*, person: Person, question: int, at: datetime) -> None:
    """One more right answer in a row; enough of them take the question out of the book."""
    enough = When(streak__gte=rules.LEAVES_AFTER - 1, then=Value(at))
    book = WrongItem.objects.in_book().filter(person=person, question=question)
    book.update(streak=F("streak") + 1, left_at=Case(enough, default=F("left_at")))


def collect_mistakes(*, attempt: Attempt, at: datetime) -> int:
    """Take what a released attempt got wrong into its person's book, as of its release; return how many questions."""
    if attempt.released_at is None or attempt.exam.holds_back_answers(attempt.released_at):
        return 0
    marked = AttemptItem.objects.filter(attempt=attempt, score__lt=F("points")).select_related("version")
    versions = [item.version for item in marked]
    got_wrong(person=attempt.person, versions=versions, at=attempt.released_at)
    return len(versions)
