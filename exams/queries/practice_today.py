"""Whether to offer 今日一练 on the home page: one statement, built once."""

from datetime import date

from django.db.models import CharField, DateField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet

from exams.models import PracticeRun, QuestionBank
from lms.kernel.prepared import Key, Parameter, PreparedRows
from lms.people.models import Person, PostAssignment


def offered(person: Person, *, day: date) -> bool:
    """A bank is open to the person, and the practice of this day is not finished."""
    if person.is_external:
        return False
    return any(open_bank and not done for open_bank, done in _TODAY.all(person=person.pk, day=day))


def _open_banks() -> QuerySet[QuestionBank]:
    below = ExpressionWrapper(OuterRef("unit__path"), CharField())
    banks = QuestionBank.objects.filter(open_for_practice=True).annotate(_below=below)
    return banks.filter(Q(unit=None) | Q(_below__startswith=F("unit__path")))


def _finished() -> QuerySet[PracticeRun]:
    daily = PracticeRun.objects.filter(person=OuterRef("person"), mode=PracticeRun.Mode.DAILY)
    return daily.filter(day=Parameter("day", DateField()), finished_at__isnull=False)


_TODAY = PreparedRows(
    lambda: (
        PostAssignment.objects.current()
        .filter(person=Key("person"))
        .values_list(Exists(_open_banks()), Exists(_finished()))
    )
)
