"""Publishing: a course goes live together with the drafts of its lessons, and leaves one edition behind."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime

from django.db import transaction

from courses.actions.editions import publish_edition
from courses.models import CourseEdition, CoursePage, LessonPage
from lms.people.models import Person

_together: ContextVar[bool] = ContextVar("courses_publishing_together", default=False)


@transaction.atomic
def publish_course(*, page: CoursePage, by: Person | None, at: datetime) -> CourseEdition | None:
    """Publish the newest draft of a course with its lessons; the edition it then has.

    The page is read anew: publishing writes the whole row, its number of children too.
    """
    CoursePage.objects.get(pk=page.pk).get_latest_revision().publish(user=by, skip_permission_checks=True)
    course = CoursePage.objects.get(pk=page.pk).course
    return course.current_edition


@transaction.atomic
def course_went_live(*, page: CoursePage, by: Person | None, at: datetime) -> CourseEdition | None:
    """A course page was published, by a person or by its date: publish its lessons' drafts and write the edition."""
    with _one_edition():
        for lesson in page.lesson_pages():
            if not lesson.live or lesson.has_unpublished_changes:
                lesson.get_latest_revision().publish(user=by, skip_permission_checks=True)
    return publish_edition(page=page, by=by, at=at)


@transaction.atomic
def lesson_went_live(*, page: LessonPage, by: Person | None, at: datetime) -> CourseEdition | None:
    """A lesson was published on its own, or with its course, which then writes the edition."""
    return None if _together.get() else publish_edition(page=page, by=by, at=at)


@contextmanager
def _one_edition() -> Iterator[None]:
    token = _together.set(True)
    try:
        yield
    finally:
        _together.reset(token)
