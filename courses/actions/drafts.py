"""Courses and lessons as drafts, made by import or by the demo rather than on a screen."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.text import slugify
from wagtail.models import Page

from cms.sanitising import sanitised
from courses import blockdata
from courses.actions.setup import ensure_catalogue
from courses.enums import HourAccount, LessonKind
from courses.models import CatalogueIndexPage, CourseModule, CoursePage, LessonPage, new_key
from lms.people.models import Person, PositionTag


@dataclass(frozen=True)
class Activity:
    """What a lesson opens: the key of a registered kind and of one activity of that kind."""

    kind: str
    key: str


@transaction.atomic
def draft_course(
    *,
    title: str,
    line: str,
    by: Person | None,
    at: datetime,
    parent: CatalogueIndexPage | None = None,
    owner: Person | None = None,
    code: str = "",
    hours: Decimal | int | str = 0,
    account: str = HourAccount.COMPANY,
    summary: str = "",
    objectives: str = "",
    audience: str = "",
    position_tags: Sequence[PositionTag] = (),
    modules: Sequence[str] = (),
    coming_soon: bool = False,
) -> CoursePage:
    """An unpublished course page in the catalogue. `hours` in 学时; `objectives` one per line."""
    page = CoursePage(
        title=title, line=line, owner=owner or by, code=code, hours=Decimal(hours), account=account, live=False,
        summary=summary.strip(), objectives=objectives.strip(), audience=audience.strip(), coming_soon=coming_soon,
    )  # fmt: skip
    page.modules = [
        CourseModule(key=new_key(), title=module, sort_order=order) for order, module in enumerate(modules)
    ]
    page.position_tags = position_tags
    return place_draft(parent or ensure_catalogue(), page, by)


@transaction.atomic
def draft_lesson(
    *,
    course_page: CoursePage,
    title: str,
    blocks: Sequence[dict[str, Any]],
    by: Person | None,
    at: datetime,
    module: str = "",
    minutes: int = 0,
    kind: str = LessonKind.READING,
    activity: Activity | None = None,
    required: bool = True,
    images: Path | None = None,
) -> LessonPage:
    """An unpublished lesson page, last in its course.

    `blocks` as `courses.blockdata.raw` reads them, markup beyond the editor's is taken out; `images` is the folder
    their file names refer to. `module` is the title of a module of the course: KeyError when it has no such module.
    """
    body = [blockdata.raw(block, images, course_page.owner) for block in blocks]
    if activity is not None:
        body.append(blockdata.activity(activity.kind, activity.key))
    keys = {"": "", **{known.title: known.key for known in course_page.modules.all()}}
    page = LessonPage(
        title=title, module=keys[module], minutes=minutes, kind=kind, required=required, owner=course_page.owner,
        live=False,
    )  # fmt: skip
    stream = LessonPage._meta.get_field("body").stream_block
    page.body = sanitised(stream, stream.to_python(body))
    return place_draft(course_page, page, by)


def place_draft(parent: Page, page: Any, by: Person | None) -> Any:
    """Put a page that is not in the tree yet below `parent`, as its last child, with its first revision."""
    page.slug = _free_slug(parent, page.title)
    page = Page.objects.get(pk=parent.pk).add_child(instance=page)
    page.save_revision(user=by)
    return page


def _free_slug(parent: Page, title: str) -> str:
    """Readable and unique among its siblings."""
    base = slugify(title, allow_unicode=True)[:200] or "page"
    taken = set(Page.objects.child_of(parent).filter(slug__startswith=base).values_list("slug", flat=True))
    slug, number = base, 1
    while slug in taken:
        number += 1
        slug = f"{base}-{number}"
    return slug
