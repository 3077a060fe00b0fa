"""The outline of a course being written, as its drafts have it."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _

from courses.arrangement import Heading, Row, Rows
from courses.durations import estimated_minutes
from courses.models import CoursePage, LessonEdition, LessonPage


@dataclass(frozen=True)
class Line:
    """A lesson of the outline; `tone` is draft, review, returned, changed or published, `state` says it in words."""

    pk: int
    title: str
    tone: str
    state: str
    characters: int
    minutes: int
    activity: bool


def arrangement(page: CoursePage) -> Rows:
    """Headings and lessons in the order in which an edition of today's drafts would have them."""
    return _arranged(page, list(_lessons(page)))


def lines(page: CoursePage) -> tuple[Rows, dict[int, Line]]:
    """The arrangement, and each lesson of it by its key."""
    listed: Any = _lessons(page)
    lessons = list(listed.prefetch_workflow_states())
    within = bool(page.workflow_in_progress)
    return _arranged(page, lessons), {lesson.pk: _line(lesson, within) for lesson in lessons}


def _lessons(page: CoursePage) -> QuerySet[Any]:
    editions = LessonEdition.objects.filter(lesson__page=OuterRef("pk")).order_by("-number")
    counted = page.lesson_pages().annotate(published_characters=Subquery(editions.values("characters")[:1]))
    return counted.select_related("latest_revision")


def _arranged(page: CoursePage, lessons: Sequence[LessonPage]) -> Rows:
    draft = page.get_latest_revision_as_object()
    headings = [Heading(module.key, module.title) for module in draft.modules.all()]
    keys = {heading.key for heading in headings}
    by_module: dict[str, list[int]] = {}
    for lesson in lessons:
        key = _drafted(lesson, "module")
        by_module.setdefault(key if key in keys else "", []).append(lesson.pk)
    rows: list[Row] = [*by_module.get("", [])]
    for heading in headings:
        rows += [heading, *by_module.get(heading.key, [])]
    return tuple(rows)


def _drafted(lesson: LessonPage, name: str) -> Any:
    """A field as the latest draft has it."""
    draft = lesson.latest_revision
    return draft.content.get(name, getattr(lesson, name)) if draft else getattr(lesson, name)


def _line(lesson: Any, within_review: bool) -> Line:
    tone, state = _state(lesson, within_review)
    changed = lesson.has_unpublished_changes or not lesson.live
    characters = _characters(lesson) if changed else lesson.published_characters or 0
    activity = _drafted(lesson, "kind") != "reading"
    minutes = int(_drafted(lesson, "minutes") or 0) or (0 if activity else estimated_minutes(characters))
    return Line(lesson.pk, lesson.get_admin_display_title(), tone, state, characters, minutes, activity)


def _state(lesson: Any, within_review: bool) -> tuple[str, str]:
    changed = lesson.has_unpublished_changes or not lesson.live
    if lesson.workflow_in_progress or (within_review and changed):
        return "review", _("In review")
    if lesson.current_workflow_state:
        return "returned", _("Changes requested")
    if not lesson.live:
        return "draft", _("Draft")
    return ("changed", _("Changed draft")) if changed else ("published", _("Published"))


def _characters(lesson: LessonPage) -> int:
    """Of the words in a draft's blocks. Nothing is drawn: reading an outline makes no pictures."""
    block = LessonPage._meta.get_field("body").stream_block
    raw = _drafted(lesson, "body")
    body = block.to_python(json.loads(raw)) if isinstance(raw, str) else raw
    return len(re.sub(r"\s", "", "".join(_words(child) for child in body)))


def _words(child: Any) -> str:
    """What a learner has before them; the explanation of a self-check comes with its answer."""
    if child.block_type in ("image", "activity"):
        return str(child.value.get("caption", ""))
    if child.block_type == "self_check":
        return "".join([child.value["question"], *(option["text"] for option in child.value["options"])])
    return "".join(str(text) for text in child.block.get_searchable_content(child.value))
