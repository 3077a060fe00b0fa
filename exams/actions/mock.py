"""模拟考试: sit a formal exam for oneself, by its own blueprint, from the banks that are open for practice."""

from datetime import datetime
from random import Random

from django.db import transaction

from exams import queries
from exams.actions.start import start_attempt
from exams.models import Attempt, Exam
from exams.queries import mock
from lms.people.models import Person
from lms.records.models import Enrolment

MANY = 32_000  # attempts: what counts who has none left shall not find anybody


@transaction.atomic(savepoint=False)
def start_mock(
    *, exam: Exam, person: Person, enrolment: Enrolment, at: datetime, random: Random | None = None
) -> tuple[Attempt, bool]:
    """The person's open mock exam and whether it is new. Formal attempts, records and examiners learn nothing of it.

    The caller holds the lock on the enrolment. Raises what `start_attempt` raises, `drawing.Infeasible` also for a
    bank that is not open to the person.
    """
    banks = mock.open_banks(queries.asked(exam.blueprint_id), person)
    return start_attempt(
        exam=_rehearsal(exam, at), person=person, enrolment=enrolment, at=at, random=random, banks=banks
    )


def _rehearsal(exam: Exam, at: datetime) -> Exam:
    """What mock exams of `exam` hang on, with the paper, time and scoring that it has now."""
    same = ("title", "unit_id", "blueprint_id", "minutes", "pass_score", "multiple_scoring")
    facts = {name: getattr(exam, name) for name in same}
    own = {
        "kind": Exam.Kind.MOCK,
        "max_attempts": MANY,
        "protection": Exam.Protection.NONE,
        "appeal_days": 0,
        "created_at": at,
    }
    found, _created = Exam.objects.select_related("blueprint").get_or_create(rehearses=exam, defaults=facts | own)
    if any(getattr(found, name) != value for name, value in facts.items()):
        Exam.objects.filter(pk=found.pk).update(**facts)
        found = Exam.objects.select_related("blueprint").get(pk=found.pk)
    return found
