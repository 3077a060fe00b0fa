"""模拟考试: which formal exams one can sit for oneself, and what came of it so far."""

from collections.abc import Sequence
from enum import StrEnum
from random import Random

from django.db.models import Exists, OuterRef, Q, QuerySet

from courses.models import EditionLesson
from exams import queries, types
from exams.models import Attempt, BlueprintRule, CompulsoryQuestion, Exam
from exams.queries.drawing import Asked
from exams.queries.practice import banks_for
from exams.rules import drawing
from exams.rules.drawing import Infeasible
from exams.types.score_sheet import ScoreSheet
from lms.people.models import Person
from lms.records.models import Enrolment


class WhyNot(StrEnum):
    """Why there is no mock exam; the wording is the template's."""

    CLOSED = "closed"
    TOO_FEW = "too_few"
    BY_HAND = "by_hand"


def open_banks(asked: Asked, person: Person) -> set[int]:
    """Those of a blueprint's banks that the person may practise: a mock exam shows nothing of the others."""
    return set(banks_for(person).filter(pk__in=asked.banks).values_list("pk", flat=True))


def why_not(exam: Exam, person: Person) -> WhyNot | None:
    """The first reason against a mock exam of `exam`, None when a paper can be drawn."""
    asked = queries.asked(exam.blueprint_id)
    banks = open_banks(asked, person)
    if banks != set(asked.banks):
        return WhyNot.CLOSED
    kinds = {rule.type for rule in asked.rules}
    if kinds <= _by_hand() or ScoreSheet.key in kinds:
        return WhyNot.BY_HAND
    try:
        drawing.draw(asked.rules, asked.within(banks).stock(), Random(0))
    except Infeasible:
        return WhyNot.TOO_FEW
    return None


def offered(person: Person) -> QuerySet[Exam]:
    """Formal exams of what the person learns now whose banks are all open to them, in one statement."""
    learning = Enrolment.objects.open().filter(person=person)
    lessons = EditionLesson.objects.filter(edition__in=learning.values("edition")).values("lesson")
    closed = ~Q(bank__in=banks_for(person).values("pk"))
    rules = BlueprintRule.objects.filter(blueprint=OuterRef("blueprint"))
    compulsory = CompulsoryQuestion.objects.filter(blueprint=OuterRef("blueprint"))
    hidden = compulsory.filter(~Q(question__bank__in=banks_for(person).values("pk")))
    exams = Exam.objects.planned().filter(kind=Exam.Kind.FORMAL, lesson__in=lessons)
    sheets = Exists(rules.filter(type=ScoreSheet.key))
    by_machine = Exists(rules.exclude(type__in=_by_hand())) | Exists(compulsory)
    return exams.filter(~Exists(rules.filter(closed)), ~Exists(hidden), ~sheets, by_machine).order_by("title", "pk")


def mocks_of(exam: Exam, enrolment: Enrolment) -> Sequence[Attempt]:
    """The person's mock exams of this one in this cycle, the newest first."""
    rows = Attempt.objects.filter(exam__rehearses=exam, enrolment=enrolment)
    return list(rows.select_related("exam").order_by("-number"))


def _by_hand() -> set[str]:
    return {kind.key for kind in types.registered().values() if kind.manual}
