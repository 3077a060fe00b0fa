"""An article that should have been signed by now says so, and can still be signed."""

from datetime import UTC, date, datetime

import pytest
from django.template.loader import render_to_string

from lms.news.models import Article, ArticleEdition

LAST_DAY = date(2026, 3, 2)
IN_TIME = datetime(2026, 3, 2, 15, 59, tzinfo=UTC)  # 23:59 in China
LATE = datetime(2026, 3, 2, 16, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("at", "told"), [(IN_TIME, "请于 2026年3月2日前签收"), (LATE, "签收日期 2026年3月2日已过，仍可补签")]
)
def test_a_row_says_until_when_or_that_it_is_late(at: datetime, told: str) -> None:
    article = Article(kind="policy", current_edition=ArticleEdition(title="安全生产法", sign_by=LAST_DAY))
    assert told in render_to_string("news/row.html", {"article": article, "waiting": True, "at": at})


def test_without_a_last_day_nothing_is_late() -> None:
    article = Article(kind="policy", published_at=IN_TIME, current_edition=ArticleEdition(title="安全生产法"))
    assert "签收" not in render_to_string("news/row.html", {"article": article, "waiting": True, "at": LATE})
