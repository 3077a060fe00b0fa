"""Images and documents of what is being reviewed stay as they are: what reviewers saw is what is published."""

from typing import Any, Final

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Revision

from cms import steps
from cms.naming import is_named

KEPT: Final = _(
    "This file belongs to something that is being reviewed or waits for its publication date. It can be replaced or "
    "deleted afterwards, or once the review is withdrawn."
)


def is_submitted(file: Any) -> bool:
    """Whether a page that waits for a decision or for its date names this image or document."""
    return is_named(file, _waiting_pages())


def _waiting_pages() -> QuerySet[Page]:
    """Submitted pages and those that wait for their date, each with everything below it."""
    reviewed = steps.running().values_list("object_id", flat=True)
    dated = Revision.page_revisions.filter(approved_go_live_at__isnull=False).values_list("object_id", flat=True)
    below = Q(pk__in=())
    for path in Page.objects.filter(pk__in={int(key) for key in (*reviewed, *dated)}).values_list("path", flat=True):
        below |= Q(path__startswith=path)
    return Page.objects.filter(below)
