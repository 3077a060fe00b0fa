"""Doors of the sign-off board: who has signed, by unit; remind who has not."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from lms.kernel import clock
from lms.news import actions, queries
from lms.news.models import Article
from lms.people import access
from lms.people.access import Perm, required
from lms.people.models import OrgUnit, Person

ARTICLES = 10
PEOPLE = 50


@required(Perm.RECORDS_VIEW)
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Articles that ask for signatures, each with how far the units in scope are."""
    units = _scope(request)
    asking = Article.objects.shown().filter(current_edition__must_sign=True).select_related("current_edition")
    page = Paginator(asking, ARTICLES).get_page(request.GET.get("page"))
    rows = [(article, queries.tally(article, units)) for article in page]
    context = {"nav_current": "signing", "page": page, "rows": rows}
    return render(request, "news/desk.html", context)


@required(Perm.RECORDS_VIEW)
@require_safe
def board(request: HttpRequest, article: UUID) -> HttpResponse:
    found, units = _asking(article), _scope(request)
    people = queries.open_signers(found, units)
    page = Paginator(people, PEOPLE).get_page(request.GET.get("page"))
    context = {
        "nav_current": "signing",
        "article": found,
        "edition": found.current_edition,
        "tally": queries.tally(found, units),
        "by_unit": queries.tallies(found, units),
        "page": page,
        "trail": [{"label": _("Read and sign"), "url": reverse("news:desk")}],
    }
    return render(request, "news/board.html", context)


@required(Perm.RECORDS_VIEW)
@require_POST
def remind(request: HttpRequest, article: UUID) -> HttpResponse:
    """Everybody in scope who has not signed, once a day each."""
    found, by = _asking(article), _viewer(request)
    units = access.scope(by, Perm.RECORDS_REMIND)
    if not access.can(by, Perm.RECORDS_REMIND):
        raise PermissionDenied
    told = actions.remind_signers(article=found, people=queries.open_signers(found, units), by=by, at=clock.now())
    text = ngettext("%(n)d person was reminded.", "%(n)d people were reminded.", told) % {"n": told}
    messages.success(request, text)
    return redirect("news:board", article)


def _asking(uuid: UUID) -> Article:
    shown = Article.objects.shown().filter(current_edition__must_sign=True).select_related("current_edition")
    found = shown.filter(uuid=uuid).first()
    if found is None:
        raise Http404
    return found


def _scope(request: HttpRequest) -> QuerySet[OrgUnit]:
    return access.scope(_viewer(request), Perm.RECORDS_VIEW)


def _viewer(request: HttpRequest) -> Person:
    assert isinstance(request.user, Person)
    return request.user
