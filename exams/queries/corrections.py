"""What a correction would change, before anybody decides; and what it has changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, QuerySet

from exams.models import Attempt, AttemptItem, Correction, Exam, Marking, QuestionVersion, ScoreChange
from exams.queries.closing import corrected_score
from exams.queries.marking import for_grading
from exams.rules import grading, marking


@dataclass(frozen=True)
class Would:
    """One attempt with its score as it is and as it would be."""

    attempt: Attempt
    score: Decimal
    max_score: Decimal
    passed: bool


@dataclass(frozen=True)
class Forecast:
    """What a correction would do to the finished attempts with this question."""

    total: int
    changes: Sequence[Would]
    waiting: int  # attempts that somebody still has to mark

    @property
    def gain(self) -> list[Would]:
        return [each for each in self.changes if each.passed and not each.attempt.passed]

    @property
    def lose(self) -> list[Would]:
        return [each for each in self.changes if not each.passed and each.attempt.passed]

    @property
    def empties(self) -> bool:
        """Whether somebody would be left without any question that counts."""
        return any(each.max_score <= 0 for each in self.changes)


def forecast(correction: Correction) -> Forecast:
    """The dry run; `correction` need not be stored. Three statements, however many attempts."""
    items = AttemptItem.objects.filter(
        attempt__exam=correction.exam, attempt__state=Attempt.State.SUBMITTED, version=correction.version
    ).select_related("attempt__person", "attempt__exam", "attempt__unit", "version")
    found = list(items.order_by("attempt__person__staff_no", "attempt__number"))
    reviewed = dict(_reviewed(correction).values_list("item", "points"))
    was_out = _was_out(correction)
    changes, waiting = [], 0
    for item in found:
        if item.attempt.score is None or item.score is None:
            waiting += 1
            continue
        would = _would(item, correction, reviewed.get(item.pk), was_out)
        if (would.score, would.max_score) != (item.attempt.score, item.attempt.max_score):
            changes.append(would)
    return Forecast(len(found), changes, waiting)


def _reviewed(correction: Correction) -> QuerySet[Marking]:
    mine = Marking.objects.filter(item__attempt__exam=correction.exam, item__version=correction.version)
    return mine.filter(round=marking.Round.REVIEW).order_by("pk")


def _was_out(correction: Correction) -> bool:
    """Whether the question does not count now."""
    earlier = Correction.objects.filter(exam=correction.exam, version=correction.version).order_by("pk").last()
    return earlier is not None and earlier.kind == Correction.Kind.LEFT_OUT


def _would(item: AttemptItem, correction: Correction, reviewed: Decimal | None, was_out: bool) -> Would:
    attempt = item.attempt
    assert attempt.score is not None and item.score is not None
    points = corrected_score(for_grading(item), grading.scoring_of(attempt.grading), correction)
    if correction.kind == Correction.Kind.KEY and reviewed is not None:
        points = reviewed
    is_out = correction.kind == Correction.Kind.LEFT_OUT
    score = attempt.score - item.score + (points or Decimal(0))
    max_score = attempt.max_score + item.points * (was_out - is_out)
    return Would(attempt, score, max_score, grading.passed(score, max_score, attempt.exam.pass_score))


def asked_in(exam: Exam) -> QuerySet[QuestionVersion]:
    """The questions people were asked in this exam, with how often."""
    of_exam = QuestionVersion.objects.filter(pk__in=AttemptItem.objects.filter(attempt__exam=exam).values("version"))
    return of_exam.select_related("question").order_by("question__type", "pk")


def corrections_of(exam: Exam) -> QuerySet[Correction]:
    rows = exam.corrections.select_related("version", "by")
    return rows.annotate(changed=Count("changes")).order_by("-pk")


def undecided(exam: Exam) -> QuerySet[ScoreChange]:
    """Passes in question."""
    rows = ScoreChange.objects.filter(attempt__exam=exam, pass_stands=ScoreChange.PassStands.OPEN)
    return rows.select_related("attempt__person", "attempt__unit").order_by("pk")
