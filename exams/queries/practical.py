"""Practical assessments: whom an assessor can assess now."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from exams.models import Attempt, AttemptItem, BlueprintRule, CompulsoryQuestion, Exam
from exams.queries.desk import people_in_scope
from exams.types.score_sheet import ScoreSheet
from lms.people.models import Person


def only_sheets(blueprint: str = "blueprint") -> Q:
    """Exams whose papers are nothing but score sheets: an assessor begins them, nobody sits them alone.

    `blueprint`: the way to it from what is asked for.
    """
    rules = BlueprintRule.objects.filter(blueprint=OuterRef(blueprint)).exclude(type=ScoreSheet.key)
    fixed = CompulsoryQuestion.objects.filter(blueprint=OuterRef(blueprint))
    return Q(~Exists(rules)) & Q(~Exists(fixed.exclude(question__type=ScoreSheet.key)))


def is_practical(exam: Exam) -> bool:
    """Whether a paper is nothing but score sheets; asks nothing of an exam read with `practical=only_sheets()`."""
    known = vars(exam).get("practical")
    return Exam.objects.filter(only_sheets(), pk=exam.pk).exists() if known is None else bool(known)


def is_sheet_only(attempt: Attempt) -> bool:
    """Whether the assessor alone fills this sitting in."""
    return not AttemptItem.objects.filter(attempt=attempt).exclude(version__type=ScoreSheet.key).exists()


def has_sheets(exam: Exam) -> bool:
    """Whether an assessor has something to fill in."""
    rules = BlueprintRule.objects.filter(blueprint=exam.blueprint_id, type=ScoreSheet.key)
    fixed = CompulsoryQuestion.objects.filter(blueprint=exam.blueprint_id, question__type=ScoreSheet.key)
    return rules.exists() or fixed.exists()


def sheets(attempt: Attempt) -> QuerySet[AttemptItem]:
    """The score sheets of an attempt that are not filled in."""
    waiting = AttemptItem.objects.filter(attempt=attempt, score=None, version__type=ScoreSheet.key)
    return waiting.select_related("version").order_by("position")


def to_assess(exam: Exam, assessor: Person) -> QuerySet[Attempt]:
    """Sittings under way or handed in with a score sheet that waits; never the assessor's own."""
    waiting = AttemptItem.objects.filter(attempt=OuterRef("pk"), score=None, version__type=ScoreSheet.key)
    mine = exam.attempts.filter(Exists(waiting), person__posts__in=people_in_scope(assessor))
    return mine.exclude(person=assessor).select_related("person", "unit", "exam").order_by("started_at", "pk")
