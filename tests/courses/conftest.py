"""Courses to test with."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from courses.actions import draft_course, draft_lesson, ensure_catalogue
from courses.models import CatalogueIndexPage, CoursePage
from lms.people.models import Person

TEXT = {"type": "rich_text", "html": "<p>先断电，再救人。从业人员应当如实记录。</p>"}
CHECK = {
    "type": "self_check",
    "question": "先做什么",
    "options": [{"text": "拉开总开关", "correct": True}, {"text": "伸手去拉", "correct": False}],
    "explanation": "先断电。",
}


@pytest.fixture
def catalogue(db: None) -> CatalogueIndexPage:
    return ensure_catalogue()


@pytest.fixture
def make_course(catalogue: CatalogueIndexPage, at: datetime) -> Callable[..., CoursePage]:
    """A draft course of `owner` with two lessons."""

    def make(owner: Person, title: str = "触电急救", **facts: Any) -> CoursePage:
        page = draft_course(title=title, line="safety", hours=1, owner=owner, by=owner, at=at, **facts)
        draft_lesson(course_page=page, title="脱离电源", blocks=[TEXT, CHECK], by=owner, at=at)
        draft_lesson(course_page=page, title="胸外按压", blocks=[TEXT], by=owner, at=at)
        return CoursePage.objects.get(pk=page.pk)

    return make
