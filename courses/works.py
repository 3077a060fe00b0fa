"""The work an address of the content desk names."""

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from wagtail.models import Page

from cms import ownership
from cms.steps import WORK_DEPTH


def visible_work(request: HttpRequest, page_id: int) -> Page:
    """404 for what the person may not know of."""
    page = get_object_or_404(Page, pk=page_id, depth=WORK_DEPTH)
    if not ownership.may_see(request.user, page):
        raise Http404
    return page
