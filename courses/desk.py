"""Screens of ours inside the content desk: import, co-authors; and the addresses of all of them."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from wagtail.models import Page

from cms.actions import share, unshare
from courses.duplicate_desk import duplicate
from courses.forms import CoAuthorForm
from courses.import_desk import choose, preview
from courses.media_desk import media
from courses.media_library import delete, library
from courses.outline_desk import course_outline
from courses.works import visible_work
from lms.kernel import clock
from lms.people.access import Perm, can
from lms.people.models import Person

app_name = "courses_desk"


@require_http_methods(["GET", "POST"])
def co_authors(request: HttpRequest, page_id: int) -> HttpResponse:
    """Who else works on this course. Only its owner decides."""
    page = visible_work(request, page_id)
    if page.owner_id != request.user.pk:
        said = _("Only the owner, %(name)s, can change the co-authors.") % {"name": page.owner}
        return render(request, "courses/admin/co_authors.html", {"page": page, "refusal": said}, status=403)
    form = CoAuthorForm(request.POST or None)
    if request.method == "POST":
        if "remove" in request.POST:
            person = get_object_or_404(Person, pk=_number(request.POST["remove"]))
            unshare(page=page, person=person, by=_person(request), at=clock.now())
            return redirect("courses_desk:co_authors", page.pk)
        if form.is_valid() and _add(request, page, form):
            return redirect("courses_desk:co_authors", page.pk)
    authors = page.co_authors.current().select_related("person").order_by("added_at")
    context = {"form": form, "page": page, "authors": authors}
    return render(request, "courses/admin/co_authors.html", context, status=400 if form.errors else 200)


def _add(request: HttpRequest, page: Page, form: CoAuthorForm) -> bool:
    person = Person.objects.active().numbered(form.cleaned_data["staff_no"]).first()
    if person is None or not can(person, Perm.COURSES_EDIT):
        form.add_error("staff_no", _("No trainer has this staff number. Please check it and try again."))
        return False
    share(page=page, person=person, by=_person(request), at=clock.now())
    return True


def _number(text: str) -> int:
    """A key as a form sends it; 0, which nothing has, for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0


def _person(request: HttpRequest) -> Any:
    return request.user


urlpatterns = [
    path("import/", choose, name="import"),
    path("import/<uuid:upload>/", preview, name="import_preview"),
    path("media/", library, name="library"),
    path("media/<uuid:file>/delete/", delete, name="media_delete"),
    path("works/<int:page_id>/authors/", co_authors, name="co_authors"),
    path("works/<int:page_id>/outline/", course_outline, name="outline"),
    path("works/<int:page_id>/duplicate/", duplicate, name="duplicate"),
    path("works/<int:page_id>/media/<uuid:file>/", media, name="media"),
    path("works/<int:page_id>/media/<uuid:file>/<int:number>/", media, name="media_page"),
]
