"""Screens of the import: choose files, see the course they would become, confirm."""

from base64 import b64encode
from itertools import islice
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from courses import actions
from courses.forms import ConfirmImportForm, ImportFilesForm
from courses.imports import CourseDraft, LessonDraft, Sent, Unreadable, read, uploads
from courses.imports.pictures import thumbnail
from courses.imports.reading import MAX_BYTES, too_large
from courses.models import CourseImport
from lms.kernel import clock
from lms.people.access import Perm, can

SHOWN_PICTURES = 60
SHOWN_NOTES = 300


@require_http_methods(["GET", "POST"])
def choose(request: HttpRequest) -> HttpResponse:
    """Files in, on to the preview. No course is made here."""
    person = _writer(request)
    sent = request.method == "POST"
    form = ImportFilesForm(request.POST, request.FILES) if sent else ImportFilesForm()
    if sent and form.is_valid():
        files = form.cleaned_data["file"]
        try:
            if sum(file.size for file in files) > MAX_BYTES:
                raise too_large()
            draft = read([Sent(file.name, file.read()) for file in files])
        except Unreadable as problem:
            form.add_error("file", str(problem))
        else:
            name = "、".join(file.name for file in files[:3])
            return redirect(
                "courses_desk:import_preview", uploads.keep(draft, file_name=name, person=person, at=clock.now())
            )
    return render(request, "courses/admin/import.html", {"form": form}, status=400 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def preview(request: HttpRequest, upload: UUID) -> HttpResponse:
    """What the files would become; confirmed, they do. Confirmed again, it leads to the same course."""
    person = _writer(request)
    try:
        sent = uploads.take(upload, person=person, at=clock.now())
    except uploads.NotYours:
        raise Http404 from None
    except uploads.Gone:
        messages.error(request, _("The file is no longer here. Please choose it again."))
        return redirect("courses_desk:import")
    posted = request.method == "POST"
    form = ConfirmImportForm(request.POST if posted else None, initial={"owner": person.staff_no})
    if posted and form.is_valid():
        return _confirm(request, sent, form)
    row = CourseImport.objects.filter(upload=upload).select_related("page").first()
    context = {"form": form, "sent": sent, "page": row.page if row else None, **_shown(sent.draft)}
    return render(request, "courses/admin/import_preview.html", context, status=400 if form.errors else 200)


def _confirm(request: HttpRequest, sent: uploads.Upload, form: ConfirmImportForm) -> HttpResponse:
    page = actions.import_course(
        draft=sent.draft, line=form.cleaned_data["line"], owner=form.cleaned_data["owner"], by=_writer(request),
        at=clock.now(), upload=sent.key,
    )  # fmt: skip
    if page is None:
        messages.error(request, _("The course of this file has been deleted. Please choose the file again."))
        return redirect("courses_desk:import")
    said = _("Imported as a draft: %(title)s, %(count)d lessons.")
    messages.success(request, said % {"title": page.title, "count": page.lesson_pages().count()})
    notes = len(sent.draft.notes)
    if notes:
        text = ngettext("%(n)d place needs your look.", "%(n)d places need your look.", notes) % {"n": notes}
        link = reverse("courses_desk:import_preview", args=[sent.key])
        messages.warning(request, format_html('{} <a href="{}#notes">{}</a>', text, link, _("Show the list")))
    return redirect("wagtailadmin_pages:edit", page.pk)


def _shown(draft: CourseDraft) -> dict[str, Any]:
    pictures = islice((part for lesson in draft.lessons for part in lesson.pictures), SHOWN_PICTURES)
    shown = {id(part) for part in pictures}
    outline = [(module, [_lesson(draft, lesson, shown) for lesson in lessons]) for module, lessons in draft.outline()]
    return {
        "outline": outline,
        "lessons": len(draft.lessons),
        "characters": sum(lesson.characters for lesson in draft.lessons),
        "minutes": sum(lesson.minutes for lesson in draft.lessons),
        "pictures": len(draft.pictures),
        "notes": draft.notes[:SHOWN_NOTES],
        "more_notes": max(0, len(draft.notes) - SHOWN_NOTES),
    }


def _lesson(draft: CourseDraft, lesson: LessonDraft, shown: set[int]) -> dict[str, Any]:
    kinds = [part["type"] for part in lesson.blocks]
    pictures = [part for part in lesson.pictures if id(part) in shown]
    return {
        "title": lesson.title,
        "characters": lesson.characters,
        "minutes": lesson.minutes,
        "tables": kinds.count("table"),
        "callouts": kinds.count("callout"),
        "pictures": [{"alt": part["alt"], "src": _source(draft.pictures[part["file"]])} for part in pictures],
        "more_pictures": kinds.count("image") - len(pictures),
    }


def _source(content: bytes) -> str:
    return f"data:image/webp;base64,{b64encode(thumbnail(content)).decode()}"


def _writer(request: HttpRequest) -> Any:
    if not can(request.user, Perm.COURSES_EDIT):
        raise Http404
    return request.user
