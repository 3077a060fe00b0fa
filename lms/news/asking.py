"""What a notice says of an article that waits for a signature."""

from datetime import date, datetime, time
from typing import Any

from django.utils import timezone

from lms.news.models import Article, ArticleEdition


def asked_context(article: Article, edition: ArticleEdition) -> dict[str, Any]:
    due = end_of(edition.sign_by) if edition.sign_by else None
    return {"title": edition.title, "article": str(article.uuid), "due_at": due.isoformat() if due else None}


def end_of(day: date) -> datetime:
    """The last minute of a local day."""
    return timezone.make_aware(datetime.combine(day, time(23, 59)))
