"""The content desk with two trainers and a reviewer."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from courses.actions import draft_course, draft_lesson, ensure_catalogue
from courses.models import CatalogueIndexPage, CoursePage
from lms.people.models import Person

TEXT = {"type": "rich_text", "html": "<p>从业人员应当如实记录。</p>"}


@pytest.fixture
def catalogue(db: None) -> CatalogueIndexPage:
    return ensure_catalogue()


@pytest.fixture
def make_course(catalogue: CatalogueIndexPage, at: datetime) -> Callable[..., CoursePage]:
    """A draft course with one lesson."""

    def make(owner: Person, title: str, **facts: Any) -> CoursePage:
        page = draft_course(title=title, line="safety", hours=1, owner=owner, by=owner, at=at, **facts)
        draft_lesson(course_page=page, title=f"{title}第一课", blocks=[TEXT], by=owner, at=at)
        return CoursePage.objects.get(pk=page.pk)

    return make
