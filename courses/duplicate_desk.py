"""Duplicating a course: what goes along, and the press that does it."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cms import ownership
from courses import actions, outline
from courses.models import CoursePage
from courses.works import visible_work
from lms.kernel import clock


@require_http_methods(["GET", "POST"])
def duplicate(request: HttpRequest, page_id: int) -> HttpResponse:
    """For the authors of a course. The form carries a key, so that a second press finds the copy of the first."""
    page = get_object_or_404(CoursePage, pk=visible_work(request, page_id).pk)
    person: Any = request.user
    if not ownership.is_author(person, page):
        said = _("Only its authors can duplicate a course.")
        return render(request, "courses/admin/duplicate.html", {"page": page, "refusal": said}, status=403)
    if request.method == "GET":
        _rows, lines = outline.lines(page)
        context = {"page": page, "lines": list(lines.values()), "key": uuid4().hex}
        return render(request, "courses/admin/duplicate.html", context)
    key = request.POST.get("key") or uuid4().hex
    copy, left_out = actions.duplicate_course(page=page, key=key, by=person, at=clock.now())
    ownership.forget(person)
    messages.success(request, _("Duplicated: “%(title)s” is a draft of yours.") % {"title": copy.title})
    for title in left_out:
        messages.warning(request, _("Left out: “%(title)s”. An exam belongs to one lesson.") % {"title": title})
    return redirect("courses_desk:outline", copy.pk)
