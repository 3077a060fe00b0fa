"""Make a score known: to the taker, and to the records. Before this nobody learns it."""

import logging
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from courses import shelf
from exams.models import Attempt, ScoreChange
from lms.journal import actions as journal
from lms.notices import actions as notices
from lms.people.models import Person
from lms.records import actions as records
from lms.records.rules import Result

logger = logging.getLogger(__name__)


def release(*, attempt: Attempt, by: Person | None, at: datetime) -> None:
    """Tell the records. The caller has just set `released_at`, once, in this transaction.

    Of practice and mock exams the records hear only that the lesson is done; nothing when it is a course by itself.
    """
    journal.write(
        "scores-released",
        by=by,
        about=attempt.person,
        at=at,
        payload={"attempt": attempt.pk, "exam": attempt.exam_id},
    )
    _tell_records(attempt, f"exam:{attempt.uuid}", by, at)


def release_again(*, attempt: Attempt, change: ScoreChange, by: Person | None, at: datetime) -> None:
    """Tell the records a score that was released before and has changed; what it completed stays completed."""
    _tell_records(attempt, f"exam:{attempt.uuid}:{change.pk}", by, at)


def tell_result(*, attempt: Attempt, key: str, before: Decimal | None = None, at: datetime) -> None:
    """The taker learns the score, and with `before` what it was; the same `key` tells it once."""
    context = {
        "attempt": str(attempt.uuid),
        "title": attempt.exam.title,
        "score": plain(attempt.score),
        "max": plain(attempt.max_score),
        "before": "" if before is None else plain(before),
        "passed": attempt.passed,
    }
    notices.send("exam_score", to=attempt.person, context=context, key=key, at=at)


def plain(points: Decimal | None) -> str:
    """Without zeros at the end: 7.5, 80."""
    text = f"{points or Decimal(0):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _tell_records(attempt: Attempt, source: str, by: Person | None, at: datetime) -> None:
    lesson = attempt.exam.lesson
    if lesson is not None and (attempt.exam.counts or not _alone(attempt)):
        records.complete_lesson(
            enrolment=attempt.enrolment,
            lesson=lesson,
            result=_result(attempt),
            source=source,
            by=by,
            at=at,
        )


def _result(attempt: Attempt) -> Result:
    return Result(attempt.score, attempt.max_score, attempt.passed) if attempt.exam.counts else Result()


def _alone(attempt: Attempt) -> bool:
    """Whether the exam is all there is of what the person learns."""
    return len(shelf.editions.one(attempt.enrolment.edition_id).lines) == 1


def release_due(*, at: datetime, limit: int = 200) -> int:
    """Release finished attempts whose exam's release time has come; return how many."""
    finished = Attempt.objects.filter(state=Attempt.State.SUBMITTED, score__isnull=False)
    due = finished.filter(released_at=None, exam__release_at__lte=at)
    return sum(_release_one(pk, at) for pk in due.order_by("pk").values_list("pk", flat=True)[:limit])


def _release_one(pk: int, at: datetime) -> bool:
    try:
        with transaction.atomic():
            if Attempt.objects.filter(pk=pk, released_at=None).update(released_at=at) != 1:
                return False
            attempt = Attempt.objects.select_related("exam__lesson", "enrolment", "person").get(pk=pk)
            release(attempt=attempt, by=None, at=at)
            tell_result(attempt=attempt, key=f"released:{attempt.pk}", at=at)
            return True
    except Exception:  # one attempt must not keep the others from their results; the next sweep tries again
        logger.exception("attempt %s could not be released", pk)
        return False
