"""Until when an article is to be signed, told from the reader's day."""

from datetime import datetime

from django import template
from django.utils import timezone

from lms.news.models import ArticleEdition

register = template.Library()


@register.filter
def is_late(edition: ArticleEdition, at: datetime) -> bool:
    """Whether the last day for signing has passed; it can still be signed."""
    return edition.sign_by is not None and edition.sign_by < timezone.localdate(at)
