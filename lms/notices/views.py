"""Doors of the inbox."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from lms.kernel import clock
from lms.notices import actions
from lms.notices.models import Notice
from lms.notices.rendering import render as render_notice
from lms.people.login import login_required
from lms.people.models import Person

PAGE = 20


@require_safe
@login_required
def inbox(request: HttpRequest) -> HttpResponseBase:
    """One's own notices, newest first. Looking changes nothing; a tap on one marks it."""
    own = Notice.objects.filter(person=_reader(request)).select_related("person")
    page = Paginator(own, PAGE).get_page(request.GET.get("page"))
    notices = [(notice, render_notice(notice)) for notice in page]
    unread = Notice.objects.unread().filter(person=_reader(request)).count()
    return render(request, "notices/inbox.html", {"page": page, "notices": notices, "unread": unread})


@require_POST
@login_required
def open_notice(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """Mark one as read and go where it leads."""
    notice = get_object_or_404(Notice.objects.select_related("person"), uuid=uuid, person=_reader(request))
    actions.mark_read(person=_reader(request), notice=notice.uuid, at=clock.now())
    return redirect(render_notice(notice).path or "notices:inbox")


@require_POST
@login_required
def read_all(request: HttpRequest) -> HttpResponse:
    actions.mark_read(person=_reader(request), at=clock.now())
    return redirect("notices:inbox")


def _reader(request: HttpRequest) -> Person:
    assert isinstance(request.user, Person)
    return request.user
