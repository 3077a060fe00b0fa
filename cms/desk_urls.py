"""Wagtail's screens behind a gate.

Its views check rights one by one, and some forget: the page chooser lists every page, usage and bulk actions name
what one may not open, reports count it. So every view is named here or answers 404, and every page named in an
address or a query must be one the person may know of.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import path
from wagtail.admin import urls as wagtail_urls
from wagtail.models import Page
from wagtail.utils.urlpatterns import decorate_urlpatterns

from cms import ownership, views

OPEN = frozenset({"wagtailadmin_sprite", "wagtailadmin_javascript_catalog", "wagtailadmin_logout"})
ALLOWED_NAMES = frozenset(
    {
        "wagtailadmin_home",
        "wagtailadmin_explore_root",
        "wagtailadmin_explore",
        "wagtailadmin_explore_results",
        "wagtailadmin_choose_page",
        "wagtailadmin_choose_page_child",
        "wagtailadmin_choose_page_search",
        "wagtailadmin_choose_page_chosen_multiple",
        "wagtailadmin_choose_page_external_link",
        "wagtailadmin_choose_page_email_link",
        "wagtailadmin_choose_page_phone_link",
        "wagtailadmin_choose_page_anchor_link",
        "wagtailadmin_dismissibles",
        "wagtailadmin_block_preview",
        "wagtailadmin_api:pages:listing",
        "wagtailadmin_api:pages:detail",
    }
)
ALLOWED_SPACES = frozenset(
    {
        "wagtailadmin_pages",
        "wagtailadmin_editing_sessions",
        "wagtaildocs",
        "wagtaildocs_chooser",
        "wagtailimages",
        "wagtailimages_chooser",
        "courses_desk",
        "media_audio",
        "media_captions",
        "media_document",
        "media_video",
    }
)
CLOSED = frozenset(
    {
        "wagtailadmin_pages:type_use",
        "wagtailadmin_pages:type_use_results",
        "wagtailadmin_pages:choose_parent",
        "wagtailadmin_pages:set_privacy",
        "wagtailadmin_pages:convert_alias",
        "wagtailadmin_pages:lock",
        "wagtailimages:url_generator",
        "wagtailimages:url_generator_output",
    }
)
PAGE_ARGUMENTS = ("page_id", "parent_page_id", "page_to_move_id", "destination_id")
PAGE_QUERIES = ("id", "target_pages[]", "parent_page_id")
Door = Callable[..., HttpResponseBase]
# Wagtail's screens carry inline scripts and styles; nothing else is looser here than elsewhere.
POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'"
)


def allowed(name: str) -> bool:
    space = name.rpartition(":")[0]
    return name in OPEN or name in ALLOWED_NAMES or (space in ALLOWED_SPACES and name not in CLOSED)


def gate(view: Door) -> Door:
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        name = request.resolver_match.view_name if request.resolver_match else ""
        if not allowed(name) or (request.user.is_authenticated and not _may_enter(request, name, kwargs)):
            raise Http404
        answer = view(request, *args, **kwargs)
        answer.headers.setdefault("Content-Security-Policy", POLICY)
        return answer

    return guarded


def _may_enter(request: HttpRequest, name: str, kwargs: dict[str, Any]) -> bool:
    if name in OPEN:
        return True
    if not ownership.rights(request.user).enters:
        return False
    return all(ownership.may_see(request.user, page) for page in _named_pages(request, name, kwargs))


def _named_pages(request: HttpRequest, name: str, kwargs: dict[str, Any]) -> list[Page]:
    """Pages the address or the query names. One that does not exist is left to the view."""
    keys = {kwargs[key] for key in PAGE_ARGUMENTS if key in kwargs}
    if name.startswith(("wagtailadmin_pages:", "wagtailadmin_api:pages:")) and "pk" in kwargs:
        keys.add(int(kwargs["pk"]))
    if name.startswith(("wagtailadmin_choose_page", "wagtailadmin_pages:")):
        keys |= {int(key) for query in PAGE_QUERIES for key in request.GET.getlist(query) if key.isdecimal()}
    return list(Page.objects.filter(pk__in=keys)) if keys else []


urlpatterns = [
    path("login/", views.log_in),
    path("account/", views.account),
    *decorate_urlpatterns(wagtail_urls.urlpatterns, gate),
]
