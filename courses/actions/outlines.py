"""Arranging the outline of a course: order, modules, and lessons that are still to be written."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.actions.move_page import MovePageAction
from wagtail.models import Page

from courses import outline
from courses.actions.drafts import place_draft
from courses.arrangement import Heading, Rows, fingerprint, headings, lessons, modules, steps
from courses.models import CourseModule, CoursePage, LessonPage
from lms.people.models import Person


class OutlineChanged(Exception):
    """Somebody arranged the outline meanwhile; nothing was saved."""


@transaction.atomic
def arrange_course(
    *, page: CoursePage, wanted: Rows, seen: str, by: Person, at: datetime, new_lesson: str = "", under: str = ""
) -> None:
    """Bring modules and lessons of a course into this order, and add an empty lesson at the end of module `under`.

    `seen` is the fingerprint of the outline that `wanted` was made from. Learners see nothing of it before review.
    Raises OutlineChanged, or ValidationError when something of it is being reviewed; nothing is saved then.
    """
    page = CoursePage.objects.select_for_update(of=("self",)).get(pk=page.pk)
    _refuse_locked(page, by)
    present = outline.arrangement(page)
    if wanted == present and not new_lesson:
        return
    if fingerprint(present) != seen or sorted(lessons(wanted)) != sorted(lessons(present)):
        raise OutlineChanged
    _save_modules_of_lessons(wanted, present, by)
    _order(page, wanted, by)
    _save_headings(page, headings(wanted), by)
    if new_lesson:
        lesson = LessonPage(title=new_lesson, module=under, owner=page.owner, live=False)
        place_draft(page, lesson, by)


def _refuse_locked(page: Page, by: Person) -> None:
    lock = page.get_lock()
    if lock is not None and lock.for_user(by):
        raise ValidationError(
            _("“%(title)s” is being reviewed. It can be changed after the decision.")
            % {"title": page.get_admin_display_title()}
        )


def _save_modules_of_lessons(wanted: Rows, present: Rows, by: Person) -> None:
    before = modules(present)
    moved = {lesson: key for lesson, key in modules(wanted).items() if before[lesson] != key}
    for lesson in LessonPage.objects.filter(pk__in=moved):
        _refuse_locked(lesson, by)
        draft = lesson.get_latest_revision_as_object()
        draft.module = moved[lesson.pk]
        LessonPage.objects.filter(pk=lesson.pk, live=False).update(module=draft.module)
        draft.save_revision(user=by, log_action=True, clean=False)


def _order(page: CoursePage, wanted: Rows, by: Person) -> None:
    current = list(page.lesson_pages().values_list("pk", flat=True))
    for lesson, behind in steps(current, lessons(wanted)):
        moving = Page.objects.get(pk=lesson)
        target = Page.objects.get(pk=behind) if behind else Page.objects.get(pk=page.pk)
        position = "left" if behind else "last-child"
        MovePageAction(moving, target, pos=position, user=by).execute(skip_permission_checks=True)


def _save_headings(page: CoursePage, wanted: list[Heading], by: Person) -> None:
    """A draft also when only lessons changed places: the course then shows that it waits to be reviewed."""
    draft = CoursePage.objects.get(pk=page.pk).get_latest_revision_as_object()
    known = {module.key: module for module in draft.modules.all()}
    kept = []
    for place, heading in enumerate(wanted):
        module = known.get(heading.key) or CourseModule(key=heading.key)
        module.title, module.sort_order = heading.title, place
        kept.append(module)
    draft.modules.set(kept)
    if not draft.live:
        draft.save(clean=False)
    draft.save_revision(user=by, log_action=True, clean=False)
