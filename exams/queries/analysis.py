"""What an analysis reads: the finished attempts of an exam, and every answer in them, without building objects."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.db.models import F, FloatField, QuerySet, TextField
from django.db.models.functions import Cast

from exams.analysis.collect import UNIT, Answered, Sat
from exams.models import Attempt, AttemptItem, Exam, Which

AT_ONCE = 5000  # rows fetched together


def finished(exam: Exam, which: str) -> QuerySet[Attempt]:
    """The attempts that count; the first of each enrolment, unless all are wanted."""
    attempts = exam.attempts.filter(state=Attempt.State.SUBMITTED)
    return attempts.filter(number=1) if which == Which.FIRST else attempts


def unmarked(exam: Exam, which: str) -> set[int]:
    """Attempts with an answer that nobody has marked yet."""
    waiting = AttemptItem.objects.filter(attempt__in=finished(exam, which), score=None)
    return set(waiting.order_by().values_list("attempt", flat=True).distinct())


def sat(exam: Exam, which: str, without: set[int]) -> tuple[list[Sat], list[int]]:
    """The attempts in the order they were handed in, and their totals in hundredths of a point."""
    rows = finished(exam, which).order_by("submitted_at", "pk").values_list("pk", "unit", "score")
    marked = [(Sat(pk, unit), int((score or 0) * UNIT)) for pk, unit, score in rows if pk not in without]
    return [one for one, _total in marked], [total for _one, total in marked]


def items(exam: Exam, which: str) -> QuerySet[AttemptItem]:
    """Every question of every attempt that counts."""
    return AttemptItem.objects.filter(attempt__in=finished(exam, which)).order_by()


def answers(exam: Exam, which: str) -> Iterator[Answered]:
    """What became of each of these `items`. JSON stays text: of a million rows few differ."""
    rows: QuerySet[AttemptItem, Any] = items(exam, which)
    fields = rows.values_list(
        "attempt_id", "position", "version_id", Cast("order", TextField()), Cast("answer", TextField()),
        Cast(F("points"), FloatField()), Cast(F("score"), FloatField()),
    )  # fmt: skip
    whole = _Whole()
    for attempt, position, version, order, answer, points, score in fields.iterator(AT_ONCE):
        yield attempt, position, version, order, answer, whole[points], whole[score]


class _Whole(dict[float | None, int]):
    """Points as hundredths, worked out once for each of the few that there are."""

    def __missing__(self, points: float | None) -> int:
        found = self[points] = round((points or 0) * UNIT)
        return found


def reported(rows: Iterable[Answered], total: int, tell: Callable[[int], object]) -> Iterator[Answered]:
    """The same rows, which are four fifths of the work; now and then says how many per cent are done."""
    step = max(1000, total // 20)
    for number, row in enumerate(rows, 1):
        if number % step == 0:
            tell(min(80, 80 * number // max(1, total)))
        yield row
