"""Editions: what learners see and records point at. Written when content changed, never altered afterwards."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from courses import kinds
from courses.durations import estimated_minutes
from courses.models import (
    Course,
    CourseEdition,
    CoursePage,
    EditionFile,
    EditionLesson,
    Lesson,
    LessonEdition,
    LessonPage,
)
from courses.rendering import LessonContent, render_lesson
from lms.journal.actions import write
from lms.people.models import Person


@dataclass(frozen=True)
class OutlineItem:
    """One line of the outline to be: a lesson's page, the title it stands under and the edition that shows it."""

    page: LessonPage
    module: str
    lesson: Lesson
    edition: LessonEdition

    @property
    def minutes(self) -> int:
        """As its author says; else those of what it opens, or of what there is to read and play."""
        if self.page.minutes:
            return self.page.minutes
        if self.lesson.activity_key:
            return kinds.get(self.lesson.kind).minutes(self.lesson.activity_key)
        return estimated_minutes(self.edition.characters, self.edition.media)


@transaction.atomic
def publish_edition(*, page: CoursePage | LessonPage, by: Person | None, at: datetime) -> CourseEdition | None:
    """Freeze the published state of a course; of a lesson's course when a lesson is given.

    Returns the new edition, or None when the course is not published or nothing changed. The identity of course and
    lessons is made here, the first time.
    """
    course_page = page if isinstance(page, CoursePage) else page.course_page
    course_page = CoursePage.objects.select_for_update(of=("self",)).get(pk=course_page.pk)
    if not course_page.live:
        return None
    course = _identity(course_page, at)
    titles = {module.key: module.title for module in course_page.modules.all()}
    lessons = _lessons_in_order(course_page, list(titles))
    outline = [_freeze(course, lesson, titles.get(lesson.module, ""), at) for lesson in lessons]
    digest = _outline_hash(course_page, outline)
    if course.current_edition and course.current_edition.hash == digest and course.retired_at is None:
        return None
    edition = _write_edition(course, course_page, outline, digest, by, at)
    _attach_activities(outline)
    write("edition-published", by=by, at=at, payload={"course": course.pk, "edition": edition.pk})
    return edition


@transaction.atomic
def retire_course(*, course: Course, by: Person | None, at: datetime) -> None:
    """Take a course out of the catalogue. Enrolments, records and certificates stay as they are."""
    if Course.objects.filter(pk=course.pk, retired_at=None).update(retired_at=at):
        course.retired_at = at
        write("course-retired", by=by, at=at, payload={"course": course.pk})


def _identity(page: CoursePage, at: datetime) -> Course:
    facts = {"code": page.code, "line": page.line, "owner": page.owner}
    course, new = Course.objects.select_related("current_edition").get_or_create(
        page=page, defaults={**facts, "created_at": at}
    )
    if not new:
        for name, value in facts.items():
            setattr(course, name, value)
        course.save(update_fields=[*facts])
    course.position_tags.set(page.position_tags.all())
    return course


def _lessons_in_order(page: CoursePage, modules: Sequence[str]) -> list[LessonPage]:
    """Published lessons by module, then as the tree has them. Those of no module, or of a removed one, come first."""
    places = {key: place for place, key in enumerate(modules, start=1)}
    lessons = page.lesson_pages().filter(live=True)
    return sorted(lessons, key=lambda lesson: places.get(lesson.module, 0))


def _freeze(course: Course, page: LessonPage, module: str, at: datetime) -> OutlineItem:
    content = render_lesson(page)
    activity_key = content.activity[1] if content.activity else ""
    lesson, _new = Lesson.objects.get_or_create(
        page=page, defaults={"course": course, "kind": page.kind, "activity_key": activity_key, "created_at": at}
    )
    if (lesson.kind, lesson.activity_key) != (page.kind, activity_key):
        lesson.kind, lesson.activity_key = page.kind, activity_key
        lesson.save(update_fields=["kind", "activity_key"])
    latest = lesson.editions.order_by("-number").first()
    if latest is None or latest.hash != content.hash:
        latest = _write_lesson(lesson, content, latest.number + 1 if latest else 1, at)
    return OutlineItem(page, module, lesson, latest)


def _write_lesson(lesson: Lesson, content: LessonContent, number: int, at: datetime) -> LessonEdition:
    edition = LessonEdition.objects.create(
        lesson=lesson,
        number=number,
        title=content.title,
        body=content.body,
        html=content.html,
        text=content.text,
        self_checks=content.self_checks,
        media=content.media,
        characters=content.characters,
        hash=content.hash,
        published_at=at,
    )
    EditionFile.objects.bulk_create(EditionFile(edition=edition, file=file) for file in content.files)
    return edition


def _outline_hash(page: CoursePage, outline: list[OutlineItem]) -> str:
    about = [page.title, page.summary, page.objectives, page.audience, f"{page.hours:.1f}", page.account]
    lines = [[item.edition.pk, item.module, item.page.required, item.minutes] for item in outline]
    seen = [*about, page.code, page.line, page.coming_soon, lines]
    return hashlib.sha256(json.dumps(seen, ensure_ascii=False).encode()).hexdigest()


def _write_edition(
    course: Course, page: CoursePage, outline: list[OutlineItem], digest: str, by: Person | None, at: datetime
) -> CourseEdition:
    number = (course.editions.aggregate(last=Max("number"))["last"] or 0) + 1
    edition = CourseEdition.objects.create(
        course=course, number=number, title=page.title, summary=page.summary, objectives=page.objectives,
        audience=page.audience, hours=page.hours, account=page.account, coming_soon=page.coming_soon, hash=digest,
        published_at=at, published_by=by,
    )  # fmt: skip
    EditionLesson.objects.bulk_create(
        EditionLesson(
            edition=edition, lesson_edition=item.edition, lesson=item.lesson, position=position,
            module=item.module, required=item.page.required, minutes=item.minutes,
        )
        for position, item in enumerate(outline, start=1)
    )  # fmt: skip
    course.current_edition, course.retired_at = edition, None
    course.save(update_fields=["current_edition", "retired_at"])
    return edition


def _attach_activities(outline: list[OutlineItem]) -> None:
    """Tell each activity which lesson reports its result."""
    for item in outline:
        if item.lesson.activity_key:
            kinds.get(item.lesson.kind).attach(item.lesson.activity_key, item.lesson)
