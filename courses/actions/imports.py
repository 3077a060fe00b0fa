"""A draft out of a file becomes a draft course."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from cms.actions import add_image, share
from courses.actions.drafts import draft_course, draft_lesson
from courses.imports import CourseDraft
from courses.imports.draft import block
from courses.models import CourseImport, CoursePage
from lms.people.models import Person


@transaction.atomic
def import_course(
    *, draft: CourseDraft, line: str, owner: Person | None, by: Person | None, at: datetime, upload: UUID | None = None
) -> CoursePage | None:
    """The new draft course. Somebody who imports for another person works on it with them.

    The same `upload` again gives the course it became the first time; None when that one has been deleted meanwhile.
    """
    row, new = CourseImport.objects.get_or_create(upload=upload or uuid4(), defaults={"imported_at": at})
    if not new:
        return row.page
    page = draft_course(
        title=draft.title, line=line, summary=draft.summary, modules=draft.modules, owner=owner, by=by, at=at
    )
    images = _images(draft, owner)
    for lesson in draft.lessons:
        blocks = [_stored(part, images) for part in lesson.blocks]
        draft_lesson(course_page=page, title=lesson.title, module=lesson.module, blocks=blocks, by=by, at=at)
    if owner is not None and by is not None and owner != by:
        share(page=page, person=by, by=by, at=at)
    row.page = page
    row.save(update_fields=["page"])
    return page


def _images(draft: CourseDraft, owner: Person | None) -> dict[str, int]:
    """Each picture once, as one of the owner's images, called by its description."""
    titles = {part["file"]: part["alt"] for lesson in draft.lessons for part in lesson.pictures}
    return {
        name: add_image(title=titles[name] or name, file_name=name, content=draft.pictures[name], by=owner).pk
        for name in titles
    }


def _stored(part: dict[str, Any], images: dict[str, int]) -> dict[str, Any]:
    if part["type"] != "image":
        return part
    value = {"image": images[part["file"]], "alt": part["alt"], "caption": part["caption"]}
    return block("image", value)


def forget_imports(*, before: datetime) -> None:
    """Uploads that old are gone, so nobody can confirm them again."""
    CourseImport.objects.filter(imported_at__lt=before).delete()
