"""Builders of facts that no verb needs to be tried for: a published course, as `publish_edition` would leave it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from hashlib import sha256
from itertools import count
from typing import Any
from uuid import uuid4

from courses.enums import HourAccount, LessonKind, Line
from courses.models import Course, CourseEdition, EditionLesson, Lesson, LessonEdition

PUBLISHED = datetime(2026, 1, 5, 1, 0, tzinfo=UTC)
_codes = count(1)


@dataclass(frozen=True)
class LessonSpec:
    """A lesson to build. `self_checks`: keys, each a single choice whose right option is 1; `media`: see `medium`."""

    title: str = "验电与接地"
    text: str = "先验电，后接地。" * 50
    module: str = ""
    required: bool = True
    minutes: int = 8
    kind: str = LessonKind.READING
    activity_key: str = ""
    self_checks: Sequence[str] = field(default_factory=tuple)
    media: Sequence[dict[str, Any]] = field(default_factory=tuple)


def medium(seconds: int = 0, *, pages: int = 0, kind: str = "video", **facts: Any) -> dict[str, Any]:
    """What an edition freezes of a video, a recording or (with `pages`) a document."""
    about = {"file": str(uuid4()), "kind": "document" if pages else kind, "title": "拉合闸示范", "mime": "video/mp4"}
    return about | {"seconds": seconds, "pages": pages, "bytes": 17351, "captions": ""} | facts


def make_course(
    *,
    lessons: Sequence[LessonSpec | str] = ("第一课", "第二课"),
    title: str = "触电急救（理论）",
    code: str = "",
    line: str = Line.SAFETY,
    hours: str = "1.0",
    account: str = HourAccount.SAFETY,
    coming_soon: bool = False,
    **facts: Any,
) -> Course:
    """A course with its current edition; `lessons` as specs or only titles."""
    course = Course.objects.create(code=code or f"T{next(_codes)}", line=line, created_at=PUBLISHED, **facts)
    specs = [spec if isinstance(spec, LessonSpec) else LessonSpec(title=spec) for spec in lessons]
    made = [make_lesson(course, spec) for spec in specs]
    publish(course, made, specs, title=title, hours=hours, account=account, coming_soon=coming_soon)
    return course


def make_lesson(course: Course, spec: LessonSpec) -> LessonEdition:
    lesson = Lesson.objects.create(course=course, kind=spec.kind, activity_key=spec.activity_key, created_at=PUBLISHED)
    return make_lesson_edition(lesson, spec)


def make_lesson_edition(lesson: Lesson, spec: LessonSpec) -> LessonEdition:
    """The next edition of a lesson."""
    return LessonEdition.objects.create(
        lesson=lesson,
        number=lesson.editions.count() + 1,
        title=spec.title,
        body=[],
        html=f'<div class="rich-text"><p>{spec.text}</p></div>',
        text=spec.text,
        characters=len(spec.text) if spec.kind == LessonKind.READING else 0,
        self_checks={
            key: {
                "question": "先做什么",
                "options": ["接地", "验电"],
                "correct": [1],
                "explanation": "<p>先验电。</p>",
            }
            for key in spec.self_checks
        },
        media=list(spec.media),
        hash=sha256(spec.text.encode()).hexdigest(),
        published_at=PUBLISHED,
    )


def publish(
    course: Course,
    lessons: Sequence[LessonEdition],
    specs: Sequence[LessonSpec],
    *,
    title: str = "触电急救（理论）",
    hours: str = "1.0",
    account: str = HourAccount.SAFETY,
    coming_soon: bool = False,
) -> CourseEdition:
    """The next edition of a course with these lessons, made current."""
    number = course.editions.count() + 1
    edition = CourseEdition.objects.create(
        course=course,
        number=number,
        title=title,
        summary="会判断、会呼救、会按压。",
        hours=Decimal(hours),
        account=account,
        coming_soon=coming_soon,
        hash=sha256(f"{course.pk}:{number}".encode()).hexdigest(),
        published_at=PUBLISHED,
    )
    EditionLesson.objects.bulk_create(
        EditionLesson(
            edition=edition,
            lesson_edition=lesson,
            lesson=lesson.lesson,
            position=position,
            module=spec.module,
            required=spec.required,
            minutes=spec.minutes,
        )
        for position, (lesson, spec) in enumerate(zip(lessons, specs, strict=True), start=1)
    )
    course.current_edition = edition
    course.save(update_fields=["current_edition"])
    return edition


def lessons_of(course: Course) -> list[Lesson]:
    """The lessons of the current edition, in order."""
    lines = EditionLesson.objects.filter(edition=course.current_edition).select_related("lesson")
    return [line.lesson for line in lines.order_by("position")]
