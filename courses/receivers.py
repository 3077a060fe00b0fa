"""Framework signals, each passed on to a verb (architecture.md, decision 18)."""

from typing import Any

from django.apps import apps
from django.db import DEFAULT_DB_ALIAS
from wagtail.log_actions import get_active_log_context

from courses import actions
from courses.models import CoursePage, LessonPage
from lms.kernel import clock
from lms.people.models import Person


def migrated(*, using: str, **kwargs: Any) -> None:
    """Not while only other apps have been migrated: then our tables are not there yet."""
    models = kwargs.get("apps", apps).all_models["courses"]
    if using == DEFAULT_DB_ALIAS and "catalogueindexpage" in models:
        actions.ensure_catalogue()


def published(*, instance: Any, revision: Any = None, **kwargs: Any) -> None:
    if isinstance(instance, CoursePage):
        actions.course_went_live(page=instance, by=_publisher(revision), at=clock.now())
    elif isinstance(instance, LessonPage):
        actions.lesson_went_live(page=instance, by=_publisher(revision), at=clock.now())


def unpublished(*, instance: Any, **kwargs: Any) -> None:
    if isinstance(instance, CoursePage) and hasattr(instance, "course"):
        actions.retire_course(course=instance.course, by=_publisher(None), at=clock.now())
    elif isinstance(instance, LessonPage) and not LessonPage.objects.filter(pk=instance.pk, live=True).exists():
        # Still live in the database: it is being deleted, perhaps with its course, and history stays as it is.
        actions.publish_edition(page=instance, by=_publisher(None), at=clock.now())


def submitted(*, instance: Any, **kwargs: Any) -> None:
    actions.announce_submission(task_state=instance, at=clock.now())


def approved(*, instance: Any, user: Any = None, **kwargs: Any) -> None:
    actions.announce_decision(workflow_state=instance, approved=True, by=user, at=clock.now())


def rejected(*, instance: Any, user: Any = None, **kwargs: Any) -> None:
    actions.announce_decision(workflow_state=instance, approved=False, by=user, at=clock.now())


def _publisher(revision: Any) -> Person | None:
    """Who pressed the button; for a scheduled publication, who saved what is published."""
    person: Person | None = get_active_log_context().user or getattr(revision, "user", None)
    return person
