"""Doors for readers: news, the policy library, one article, signing it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lms.kernel import clock
from lms.news import actions, queries
from lms.news.enums import Kind
from lms.news.models import Article
from lms.news.rendering import parts_of
from lms.people.login import login_required
from lms.people.models import Person

PAGE = 20


@require_safe
@login_required
def article_list(request: HttpRequest) -> HttpResponse:
    """News and policies of the company, the newest first; what waits for a signature on top."""
    person = _reader(request)
    kind, text = request.GET.get("kind", ""), request.GET.get("q", "").replace("\0", "").strip()[:100]
    found = _shown_to(person)
    if kind in Kind.values:
        found = found.filter(kind=kind)
    if text:
        found = found.filter(current_edition__text__icontains=text) | found.filter(
            current_edition__title__icontains=text
        )
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "nav_current": "home",
        "page": page,
        "waiting": queries.to_sign(person),
        "at": clock.now(),
        "kinds": Kind.choices,
        "kind": kind,
        "q": text,
        "query": "".join(f"&{name}={value}" for name, value in (("kind", kind), ("q", text)) if value),
    }
    return render(request, "news/list.html", context)


@require_safe
@login_required
def show(request: HttpRequest, article: UUID) -> HttpResponse:
    person, found = _reader(request), _article(request, article)
    edition = found.current_edition
    assert edition is not None
    context = {
        "nav_current": "home",
        "article": found,
        "edition": edition,
        "parts": parts_of(edition.parts),
        "signature": queries.signature_of(person, found),
        "asked": queries.must_sign(person, found),
        "at": clock.now(),
    }
    return render(request, "news/article.html", context)


@require_POST
@login_required
def sign(request: HttpRequest, article: UUID) -> HttpResponse:
    found = _article(request, article)
    number = request.POST.get("edition", "")
    try:
        actions.sign(
            person=_reader(request), article=found, edition=int(number) if number.isdecimal() else 0, at=clock.now()
        )
    except actions.NotAsked:
        raise Http404 from None
    except actions.Changed:
        messages.warning(request, _("The text has changed since you opened it. Please read it again and sign then."))
    else:
        messages.success(request, _("Signed. Thank you for reading."))
    return redirect("news:show", article)


def _article(request: HttpRequest, uuid: UUID) -> Article:
    found = _shown_to(_reader(request)).filter(uuid=uuid).first()
    if found is None:
        raise Http404
    return found


def _shown_to(person: Person) -> QuerySet[Article]:
    """The company's news are for its own people."""
    if person.is_external:
        return Article.objects.none()
    return Article.objects.shown().select_related("current_edition")


def _reader(request: HttpRequest) -> Person:
    assert isinstance(request.user, Person)
    return request.user
