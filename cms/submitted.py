"""Images and documents of what is being reviewed stay as they are: what reviewers saw is what is published."""

from collections.abc import Iterator
from typing import Any, Final

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Revision

from cms import steps

KEPT: Final = _(
    "This file belongs to something that is being reviewed or waits for its publication date. It can be replaced or "
    "deleted afterwards, or once the review is withdrawn."
)


def is_submitted(file: Any) -> bool:
    """Whether a page that waits for a decision or for its date names this image or document."""
    return any(file.pk in named_by(page.get_latest_revision_as_object(), type(file)) for page in _waiting_pages())


def named_by(page: Any, model: type) -> set[int]:
    """Keys of the images or documents a page names, in fields of its own and in its text."""
    return {int(key) for to, key in _references(page) if to is model}


def _references(page: Any) -> Iterator[tuple[type, Any]]:
    for field in page._meta.concrete_fields:
        value = field.value_from_object(page)
        if value is None:
            continue
        if field.many_to_one:
            yield field.related_model, value
        elif hasattr(field, "extract_references"):
            yield from ((to, key) for to, key, *_path in field.extract_references(value))


def _waiting_pages() -> QuerySet[Page]:
    """Submitted pages and those that wait for their date, each with everything below it."""
    reviewed = steps.running().values_list("object_id", flat=True)
    dated = Revision.page_revisions.filter(approved_go_live_at__isnull=False).values_list("object_id", flat=True)
    below = Q(pk__in=())
    for path in Page.objects.filter(pk__in={int(key) for key in (*reviewed, *dated)}).values_list("path", flat=True):
        below |= Q(path__startswith=path)
    return Page.objects.filter(below).select_related("latest_revision")
