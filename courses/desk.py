"""Doors of ours inside the content desk: import, co-authors, media of drafts."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.models import Page

from cms import ownership
from cms.actions import share, unshare
from cms.media.sending import send_media
from cms.models import MediaFile
from courses import actions
from courses.forms import CoAuthorForm, ImportCourseForm
from courses.markdown import UnreadableMarkdown
from courses.media import used_in
from courses.models import CoursePage, LessonPage
from lms.kernel import clock
from lms.people.access import Perm, can
from lms.people.models import Person

app_name = "courses_desk"


@require_http_methods(["GET", "POST"])
def import_course(request: HttpRequest) -> HttpResponse:
    """Upload Markdown, get a draft course."""
    if not can(request.user, Perm.COURSES_EDIT):
        raise Http404
    form = ImportCourseForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        page = _import(request, form)
        if page is not None:
            return redirect("wagtailadmin_pages:edit", page.pk)
    return render(request, "courses/admin/import.html", {"form": form}, status=400 if form.errors else 200)


def _import(request: HttpRequest, form: ImportCourseForm) -> CoursePage | None:
    file = form.cleaned_data["file"]
    person: Any = request.user
    try:
        page, notes = actions.import_course(
            content=file.read(), file_name=file.name, line=form.cleaned_data["line"], owner=person, by=person,
            at=clock.now(),
        )  # fmt: skip
    except UnreadableMarkdown as problem:
        form.add_error("file", str(problem))
        return None
    count = page.lesson_pages().count()
    said = _("Imported as a draft: %(title)s, %(count)d lessons.") % {"title": page.title, "count": count}
    messages.success(request, said)
    for note in notes:
        messages.warning(request, note)
    return page


@require_http_methods(["GET", "POST"])
def co_authors(request: HttpRequest, page_id: int) -> HttpResponse:
    """Who else works on this course. Only its owner decides."""
    page = _visible_work(request, page_id)
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
    authors = page.co_authors.select_related("person").order_by("added_at")
    context = {"form": form, "page": page, "authors": authors}
    return render(request, "courses/admin/co_authors.html", context, status=400 if form.errors else 200)


def _add(request: HttpRequest, page: Page, form: CoAuthorForm) -> bool:
    person = Person.objects.active().numbered(form.cleaned_data["staff_no"]).first()
    if person is None or not can(person, Perm.COURSES_EDIT):
        form.add_error("staff_no", _("No trainer has this staff number. Please check it and try again."))
        return False
    share(page=page, person=person, by=_person(request), at=clock.now())
    return True


@require_safe
def media(request: HttpRequest, page_id: int, file: UUID, number: int | None = None) -> HttpResponseBase:
    """A file for the preview: one's own, or one that the draft `page_id` (0: not saved yet) of somebody else uses."""
    found = get_object_or_404(MediaFile, uuid=file)
    if not ownership.rights(request.user).enters:
        raise Http404
    if found.uploaded_by_user_id != request.user.pk and not _uses(request, page_id, found):
        raise Http404
    return send_media(request, found.uuid, found.mime, number)


def _uses(request: HttpRequest, page_id: int, file: MediaFile) -> bool:
    page = get_object_or_404(LessonPage, pk=page_id)
    if not ownership.may_see(request.user, page):
        raise Http404
    return file in used_in(page.get_latest_revision_as_object().body) | used_in(page.body)


def _visible_work(request: HttpRequest, page_id: int) -> Page:
    page = get_object_or_404(Page, pk=page_id, depth=ownership.WORK_DEPTH)
    if not ownership.may_see(request.user, page):
        raise Http404
    return page


def _number(text: str) -> int:
    """A key as a form sends it; 0, which nothing has, for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0


def _person(request: HttpRequest) -> Any:
    return request.user


urlpatterns = [
    path("import/", import_course, name="import"),
    path("works/<int:page_id>/authors/", co_authors, name="co_authors"),
    path("works/<int:page_id>/media/<uuid:file>/", media, name="media"),
    path("works/<int:page_id>/media/<uuid:file>/<int:number>/", media, name="media_page"),
]
