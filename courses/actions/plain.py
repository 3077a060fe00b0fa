"""Courses without pages: nothing to write, only something to do, such as a stand-alone exam."""

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from courses import kinds
from courses.models import Course, CourseEdition, EditionLesson, Lesson, LessonEdition
from lms.journal.actions import write
from lms.people.models import Person

PlainLesson = tuple[str, str, str]  # title, kind, activity key


@transaction.atomic
def publish_plain_course(
    *,
    code: str,
    title: str,
    line: str,
    hours: Decimal,
    account: str,
    lessons: Sequence[PlainLesson],
    by: Person | None,
    at: datetime,
    summary: str = "",
) -> Course:
    """A course of activities with its first edition. Everything assignable is a course (decision 3)."""
    course = Course.objects.create(code=code, line=line, owner=by, created_at=at)
    edition = CourseEdition.objects.create(
        course=course, number=1, title=title, summary=summary, hours=hours, account=account,
        hash=_hash([title, summary, str(hours), account, lessons]), published_at=at, published_by=by,
    )  # fmt: skip
    for position, (lesson_title, kind, key) in enumerate(lessons, start=1):
        lesson = Lesson.objects.create(course=course, kind=kind, activity_key=key, created_at=at)
        lesson_edition = LessonEdition.objects.create(
            lesson=lesson, number=1, title=lesson_title, body=[], html="", text="",
            hash=_hash([lesson_title, kind, key]), published_at=at,
        )  # fmt: skip
        EditionLesson.objects.create(
            edition=edition, lesson_edition=lesson_edition, lesson=lesson, position=position,
            minutes=kinds.get(kind).minutes(key),
        )  # fmt: skip
        kinds.get(kind).attach(key, lesson)
    course.current_edition = edition
    course.save(update_fields=["current_edition"])
    write("edition-published", by=by, at=at, payload={"course": course.pk, "edition": edition.pk})
    return course


def _hash(seen: Sequence[object]) -> str:
    return hashlib.sha256(json.dumps(seen, ensure_ascii=False).encode()).hexdigest()
