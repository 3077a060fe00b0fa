"""Doors of the inbox."""

from uuid import UUID

from django.contrib.auth import REDIRECT_FIELD_NAME
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from lms.kernel import clock
from lms.notices import actions
from lms.notices.inbox import choices, matching
from lms.notices.models import Notice
from lms.notices.rendering import render as render_notice
from lms.people.login import is_local_path, login_required
from lms.people.models import Person

PAGE = 20


@require_safe
@login_required
def inbox(request: HttpRequest) -> HttpResponseBase:
    """One's own notices, unread ones first. Looking changes nothing; a tap on one marks it."""
    reader = _reader(request)
    offered = choices(reader)
    show = offered.chosen(request.GET.get("show", ""))
    own = Notice.objects.filter(matching(show), person=reader).select_related("person").unread_first()
    page = Paginator(own, PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "notices": [(notice, render_notice(notice)) for notice in page],
        "choices": offered.all if offered.total else [],
        "show": show,
        "unread": offered.unread,
        "unread_notices": offered.unread,
        "at": clock.now(),
    }
    return render(request, "notices/inbox.html", context)


@require_POST
@login_required
def open_notice(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """Mark one as read and go where it leads."""
    notice = get_object_or_404(Notice.objects.select_related("person"), uuid=uuid, person=_reader(request))
    actions.mark_read(person=_reader(request), notice=notice.uuid, at=clock.now())
    return redirect(render_notice(notice).path or _came_from(request))


@require_POST
@login_required
def read_one(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """Mark one as read and stay."""
    notice = get_object_or_404(Notice, uuid=uuid, person=_reader(request))
    actions.mark_read(person=_reader(request), notice=notice.uuid, at=clock.now())
    return redirect(_came_from(request))


@require_POST
@login_required
def read_all(request: HttpRequest) -> HttpResponse:
    actions.mark_read(person=_reader(request), at=clock.now())
    return redirect(_came_from(request))


def _came_from(request: HttpRequest) -> str:
    """The inbox as it was narrowed, which the form names; the whole of it otherwise."""
    path = request.POST.get(REDIRECT_FIELD_NAME, "")
    return path if is_local_path(path) else "notices:inbox"


def _reader(request: HttpRequest) -> Person:
    assert isinstance(request.user, Person)
    return request.user
