"""What examiners see: their exams, who has sat and who has not, and the banks."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from exams import types
from exams.models import Attempt, Entrant, Exam, Question, QuestionBank, Reopening, ScreenLeave
from lms.people import access
from lms.people.access import Perm
from lms.people.models import Person, PostAssignment
from lms.records.models import Enrolment


def exams_of(person: Person) -> QuerySet[Exam]:
    """Exams of the units the person examines for, and those of no unit."""
    return Exam.objects.planned().filter(Q(unit=None) | Q(unit__in=access.scope(person, Perm.EXAMS_MANAGE)))


def banks_of(person: Person) -> QuerySet[QuestionBank]:
    return QuestionBank.objects.filter(Q(unit=None) | Q(unit__in=access.scope(person, Perm.EXAMS_MANAGE)))


def exam_list(person: Person) -> QuerySet[Exam]:
    """With how many have passed, sit now, and have handed in."""
    finished = Q(attempts__state=Attempt.State.SUBMITTED)
    return (
        exams_of(person)
        .select_related("unit", "lesson")
        .annotate(
            sat=Count("attempts__person", filter=finished, distinct=True),
            passed=Count("attempts__person", filter=Q(attempts__passed=True), distinct=True),
            sitting=Count("attempts", filter=Q(attempts__state=Attempt.State.IN_PROGRESS), distinct=True),
        )
        .order_by("-created_at", "-pk")
    )


def bank_list(person: Person) -> QuerySet[QuestionBank]:
    in_use = Count("questions", filter=Q(questions__state=Question.State.ACTIVE))
    return banks_of(person).select_related("unit").annotate(total=in_use).order_by("name")


def people_in_scope(person: Person) -> QuerySet[PostAssignment]:
    """Current posts in the units the examiner covers today."""
    return PostAssignment.objects.current().filter(unit__in=access.scope(person, Perm.EXAMS_MANAGE))


def not_sat(exam: Exam, examiner: Person) -> QuerySet[Enrolment]:
    """Open enrolments without an attempt, of people the examiner covers; with their unit of today."""
    sat = Attempt.objects.filter(exam=exam, enrolment=OuterRef("pk"))
    waiting = Enrolment.objects.open().filter(edition__outline__lesson=exam.lesson_id).exclude(Exists(sat))
    if exam.kind == Exam.Kind.MAKE_UP:
        waiting = waiting.filter(Exists(Entrant.objects.filter(exam=exam, enrolment=OuterRef("pk"))))
    return _covered(waiting, examiner).order_by("person__posts__unit__path", "person__staff_no")


def attempts_of(exam: Exam, examiner: Person) -> QuerySet[Attempt]:
    """Every attempt of people the examiner covers, the newest first; `granted` are the extra ones of its enrolment."""
    mine = exam.attempts.filter(person__posts__in=people_in_scope(examiner)).select_related(
        "person", "unit", "enrolment"
    )
    granted = Reopening.objects.filter(exam=exam, enrolment=OuterRef("enrolment")).order_by().values("exam")
    left = ScreenLeave.objects.filter(attempt=OuterRef("pk")).order_by().values("attempt")
    return mine.annotate(
        granted=Coalesce(Subquery(granted.annotate(n=Count("pk")).values("n")), 0),
        left=Coalesce(Subquery(left.annotate(n=Count("pk")).values("n")), 0),
        late=Count("answers", filter=Q(answers__standing="late", answers__decision=None)),
        set_aside=Count("answers", filter=Q(answers__standing="old_holder")),
    ).order_by("-started_at")


def _covered(enrolments: QuerySet[Enrolment], examiner: Person) -> QuerySet[Enrolment]:
    covered = enrolments.filter(person__posts__in=people_in_scope(examiner)).select_related("person")
    return covered.annotate(post_unit=F("person__posts__unit__name"))


def topics(banks: QuerySet[QuestionBank]) -> list[str]:
    rows = Question.objects.drawable().filter(bank__in=banks).exclude(topic="").order_by("topic")
    return list(rows.values_list("topic", flat=True).distinct())


@dataclass(frozen=True)
class Stock:
    """How many questions of one type a bank holds on one topic."""

    bank: str
    topic: str
    type: str
    count: int

    @property
    def label(self) -> str:
        return str(types.get(self.type).label)


def stock(banks: QuerySet[QuestionBank]) -> Sequence[Stock]:
    rows = Question.objects.drawable().filter(bank__in=banks).order_by("bank__name", "topic", "type")
    return [Stock(*row) for row in rows.values_list("bank__name", "topic", "type").annotate(n=Count("pk"))]
