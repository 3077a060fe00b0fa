"""A course once more, as a draft of its own."""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Page

from courses import outline
from courses.actions.drafts import place_draft
from courses.arrangement import lessons
from courses.enums import LessonKind
from courses.models import CourseModule, CoursePage, LessonPage, new_key
from lms.people.models import Person

SAME = ("line", "hours", "account", "summary", "objectives", "audience", "cover_id")
LONGEST = 255


@transaction.atomic
def duplicate_course(*, page: CoursePage, key: str, by: Person, at: datetime) -> tuple[CoursePage, list[str]]:
    """A draft owned by `by` with the modules and lessons of the newest draft, and the titles of lessons left out.

    Everything that names something is new: pages, keys of modules, ids of blocks; there is no code. Images are the
    same ones. An exam belongs to one lesson, so activities stay behind, and with them lessons that hold nothing else.
    The same `key` from the same person makes one copy, however often it comes.
    """
    page = CoursePage.objects.select_for_update(of=("self",)).get(pk=page.pk)
    once = hashlib.sha256(f"{by.pk} {page.pk} {key}".encode()).hexdigest()
    made = CoursePage.objects.filter(copy_key=once).first()
    if made is not None:
        return made, []
    source = page.get_latest_revision_as_object()
    keys = {module.key: new_key() for module in source.modules.all()}
    copy = CoursePage(
        title=_copy_title(source.title), owner=by, live=False, copy_key=once,
        **{name: getattr(source, name) for name in SAME},
    )  # fmt: skip
    copy.position_tags = list(source.position_tags.all())
    copy.modules = [
        CourseModule(key=keys[module.key], title=module.title, sort_order=place)
        for place, module in enumerate(source.modules.all())
    ]
    place_draft(page.get_parent(), copy, by)
    return CoursePage.objects.get(pk=copy.pk), _copy_lessons(page, copy, keys, by)


def _copy_title(title: str) -> str:
    room = LONGEST - len(_("%(title)s (copy)") % {"title": ""})
    return _("%(title)s (copy)") % {"title": title[:room]}


def _copy_lessons(page: CoursePage, copy: Page, keys: Mapping[str, str], by: Person) -> list[str]:
    """In the order of the outline. Returns the titles of those left out."""
    left_out = []
    known = {lesson.pk: lesson for lesson in page.lesson_pages()}
    for pk in lessons(outline.arrangement(page)):
        draft = known[pk].get_latest_revision_as_object()
        blocks = [block for block in draft.body.get_prep_value() if block["type"] != "activity"]
        if not blocks and len(draft.body):
            left_out.append(draft.title)
            continue
        lesson = LessonPage(
            title=draft.title, module=keys.get(draft.module, ""), kind=LessonKind.READING, minutes=draft.minutes,
            required=draft.required, body=json.dumps(_renewed(blocks)), owner=by, live=False,
        )  # fmt: skip
        place_draft(copy, lesson, by)
    return left_out


def _renewed(raw: Any) -> Any:
    """The raw value of blocks with fresh ids, inside blocks too."""
    if isinstance(raw, list):
        return [_renewed(each) for each in raw]
    if not isinstance(raw, dict):
        return raw
    renewed = {name: _renewed(value) for name, value in raw.items()}
    return {**renewed, "id": str(uuid4())} if {"id", "type", "value"} <= raw.keys() else renewed
