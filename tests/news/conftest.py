"""Articles to test with."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from courses.actions import ensure_catalogue
from lms.news.actions import Signing, draft_article, ensure_section, publish_draft
from lms.news.enums import Kind, Part
from lms.news.models import Article, ArticlePage
from lms.people.models import OrgUnit, Person

TEXT = {"type": "rich_text", "value": "<p>全体人员请于周五前完成夏季安全学习。</p>"}
Make = Callable[..., Article]


@pytest.fixture
def section(db: None) -> None:
    ensure_catalogue()
    ensure_section()


@pytest.fixture
def due(at: datetime) -> date:
    return timezone.localdate(at) + timedelta(days=5)


@pytest.fixture
def make_article(section: None, tang_zhiyuan: Person, at: datetime, due: date) -> Make:
    """A published article of 唐志远; `units`: who has to sign (empty: everybody), None: nobody."""

    def make(title: str = "夏季安全学习通知", units: list[OrgUnit] | None = None, **facts: Any) -> Article:
        signing = None if units is None else Signing(due, units)
        given = {"kind": Kind.ANNOUNCEMENT, "parts": {Part.TEXT: [TEXT]}, **facts}
        page = draft_article(title=title, owner=tang_zhiyuan, by=tang_zhiyuan, at=at, signing=signing, **given)
        publish_draft(page=page, by=tang_zhiyuan, at=at)
        return article_of(page)

    return make


def article_of(page: ArticlePage) -> Article:
    return Article.objects.select_related("current_edition").get(page=page.pk)
