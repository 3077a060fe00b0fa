"""Framework signals, each passed on to a verb (architecture.md, decision 18)."""

from typing import Any

from django.apps import apps
from django.db import DEFAULT_DB_ALIAS
from wagtail.log_actions import get_active_log_context

from lms.kernel import clock
from lms.news import actions
from lms.news.models import Article, ArticlePage
from lms.people.models import Person


def migrated(*, using: str, **kwargs: Any) -> None:
    """Not while only other apps have been migrated: then our tables are not there yet."""
    models = kwargs.get("apps", apps).all_models["news"]
    if using == DEFAULT_DB_ALIAS and "newsindexpage" in models:
        actions.ensure_section()


def published(*, instance: Any, revision: Any = None, **kwargs: Any) -> None:
    if isinstance(instance, ArticlePage):
        actions.publish_article(page=instance, by=_publisher(revision), at=clock.now())


def unpublished(*, instance: Any, **kwargs: Any) -> None:
    article = Article.objects.filter(page=instance.pk).first()
    if article is not None:
        actions.withdraw_article(article=article, by=_publisher(None), at=clock.now())


def _publisher(revision: Any) -> Person | None:
    """Who pressed the button; for a scheduled publication, who saved what is published."""
    person: Person | None = get_active_log_context().user or getattr(revision, "user", None)
    return person
