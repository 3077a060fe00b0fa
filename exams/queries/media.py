"""Who may see a picture or a sound of a question."""

from django.db.models import Q

from exams.models import Attempt, AttemptItem, PracticeItem, QuestionMedia
from exams.queries import practice
from exams.queries.desk import banks_of
from lms.people import access
from lms.people.access import Perm
from lms.people.models import Person


def visible(person: Person, sha256: str) -> QuestionMedia | None:
    """The medium, for whoever has it on an open or released paper, practises it, or examines its bank; else None."""
    named = QuestionMedia.objects.filter(sha256=sha256)
    if _on_a_paper(person, sha256) or _practised(person, sha256):
        return named.first()
    if open_ones := named.filter(bank__in=practice.banks_for(person)).first():
        return open_ones
    return named.filter(bank__in=banks_of(person)).first() if access.can(person, Perm.EXAMS_MANAGE) else None


def _on_a_paper(person: Person, sha256: str) -> bool:
    open_or_released = Q(attempt__state=Attempt.State.IN_PROGRESS) | Q(attempt__released_at__isnull=False)
    items = AttemptItem.objects.filter(attempt__person=person, version__media__sha256=sha256)
    return items.filter(open_or_released).exists()


def _practised(person: Person, sha256: str) -> bool:
    return PracticeItem.objects.filter(run__person=person, version__media__sha256=sha256).exists()
