"""A trainer's media: what they uploaded, where it is used, and deleting what nothing uses."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import ProtectedError, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cms import ownership
from cms.media.actions import delete_media
from cms.models import MediaFile
from courses.media_uses import uses
from lms.kernel import clock

PAGE = 30
FREE = "free"


@require_safe
def library(request: HttpRequest) -> HttpResponse:
    """Everything they uploaded, newest first; `?show=free` only what can be deleted."""
    every = uses(_own(request), person=request.user)
    free = [use for use in every if use.free]
    show = FREE if request.GET.get("show") == FREE else ""
    page = Paginator(free if show else every, PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "show": show, "every": len(every), "free": len(free)}
    return render(request, "courses/admin/media.html", context)


@require_http_methods(["GET", "POST"])
def delete(request: HttpRequest, file: UUID) -> HttpResponse:
    """Ask once, then delete; what is in use stays, and the page says where."""
    found = get_object_or_404(_own(request), uuid=file)
    [use] = uses([found], person=request.user)
    if request.method == "POST" and use.free and _deleted(request, found):
        messages.success(request, _("“%(title)s” was deleted.") % {"title": found.title})
        return redirect("courses_desk:library")
    status = 409 if request.method == "POST" else 200
    return render(request, "courses/admin/media_delete.html", {"use": use}, status=status)


def _deleted(request: HttpRequest, file: MediaFile) -> bool:
    by: Any = request.user
    try:
        delete_media(file=file, by=by, at=clock.now())
    except ProtectedError:  # published in this very moment
        return False
    return True


def _own(request: HttpRequest) -> QuerySet[MediaFile]:
    if not ownership.rights(request.user).writes:
        raise Http404
    return MediaFile.objects.filter(uploaded_by_user=request.user.pk)
