"""Examiners fill a bank from a file: choose it, decide row by row, confirm. Nothing reaches a bank before that."""

import re
from uuid import UUID

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from exams.exchange.opening import label_of, open_file
from exams.exchange.registry import readable
from exams.forms.desk import ImportForm
from exams.imports import Outcome, Unreadable, waiting
from exams.imports.readers.formats import FORMATS
from exams.imports.workbook import MAX_BYTES
from exams.models import QuestionBank, QuestionImport
from exams.queries import desk, imports
from exams.views.desk import paged
from exams.views.preview_place import Place
from exams.views.who import person_of
from lms.kernel import clock
from lms.people import access
from lms.people.access import Perm, required

ROW = re.compile(r"row-([0-9]{1,15})")


@require_http_methods(["GET", "HEAD", "POST"])
@required(Perm.EXAMS_MANAGE)
def upload(request: HttpRequest) -> HttpResponse:
    """Choose a file; what it would bring opens."""
    if request.method != "POST":
        return _form(request, ImportForm(examiner=person_of(request)))
    form = ImportForm(request.POST, request.FILES, examiner=person_of(request))
    if not form.is_valid():
        return _form(request, form)
    try:
        file = form.cleaned_data["file"]
        reading = open_file(_bytes(file), name=file.name)
    except Unreadable as problem:
        form.add_error("file", str(problem))
        return _form(request, form)
    kept = waiting.keep(
        reading,
        file_name=file.name,
        bank_name=form.bank_name,
        unit=form.cleaned_data["unit"],
        by=person_of(request),
        at=clock.now(),
    )
    return redirect("exams:import_preview", kept.uuid)


@require_safe
@required(Perm.EXAMS_MANAGE)
def preview(request: HttpRequest, file: UUID) -> HttpResponse:
    """Each row, what it will become, and the choice about it."""
    found = _own(request, file)
    if found.applied_at:
        return _already(request, found)
    place, rows = Place.of(request.GET), found.rows.all()
    page = paged(request, rows.shown(place.kind, place.doubt))
    context = {
        "file": found,
        "format": label_of(found.format),
        "counts": imports.Counts.of(rows),
        "to_store": rows.to_store(),
        "place": place,
        "page": page,
        "rows": imports.shown(page),
        "open": rows.open().count(),
        "at_once": rows.at_once(place.kind, place.doubt).count(),
        "nav_current": "questions",
    }
    return render(request, "exams/desk/preview.html", context)


@require_POST
@required(Perm.EXAMS_MANAGE)
def decide(request: HttpRequest, file: UUID) -> HttpResponse:
    """Keep the choices of a page, or make one for all rows of its filter; then show the page asked for."""
    found = _own(request, file)
    if found.applied_at:
        return _already(request, found)
    _decide(request, found)
    here, every = Place.of(request.POST), request.POST.get("every")
    if every in ("take", "leave"):
        waiting.decide_all(file=found, kind=here.kind, doubt=here.doubt, taken=every == "take")
    preview = reverse("exams:import_preview", args=[found.uuid])
    return redirect(f"{preview}?{Place.next(request.POST).query}")


@require_POST
@required(Perm.EXAMS_MANAGE)
def confirm(request: HttpRequest, file: UUID) -> HttpResponse:
    """Store what is taken, with the choices of the page it was sent from. The bank is checked again."""
    found = _own(request, file)
    person = person_of(request)
    get_object_or_404(access.scope(person, Perm.EXAMS_MANAGE), pk=found.unit_id)
    if QuestionBank.objects.filter(name=found.bank_name).exists():
        get_object_or_404(desk.banks_of(person), name=found.bank_name)
    if found.applied_at:
        return _already(request, found)
    _decide(request, found)
    try:
        outcome = waiting.confirm(file=found, by=person, at=clock.now())
    except waiting.AlreadyApplied:
        return _already(request, _own(request, file))
    messages.success(request, _told(outcome))
    return redirect("exams:bank", outcome.bank.uuid)


def _decide(request: HttpRequest, file: QuestionImport) -> None:
    """Choices come as `row-ID` = take or leave."""
    chosen: dict[str, list[int]] = {"take": [], "leave": []}
    for name, value in request.POST.items():
        if value in chosen and (found := ROW.fullmatch(name)):
            chosen[value].append(int(found[1]))
    waiting.decide(file=file, take=chosen["take"], leave=chosen["leave"])


def _already(request: HttpRequest, file: QuestionImport) -> HttpResponse:
    messages.info(request, _("This file has been imported already; nothing was stored a second time."))
    return redirect("exams:bank", file.bank.uuid) if file.bank else redirect("exams:banks")


def _told(outcome: Outcome) -> str:
    if outcome.revised:
        facts = {"n": outcome.added, "revised": outcome.revised}
        return _("%(n)s questions imported, %(revised)s got a new version.") % facts
    return _("%(n)s questions imported.") % {"n": outcome.added}


def _own(request: HttpRequest, file: UUID) -> QuestionImport:
    mine = QuestionImport.objects.select_related("bank", "unit").filter(by=person_of(request))
    return get_object_or_404(mine, uuid=file)


def _bytes(file: UploadedFile) -> bytes:
    if file.size is not None and file.size > MAX_BYTES:
        raise Unreadable(_("The file is larger than 10 MB. Please split it."))
    return bytes(file.read())


def _form(request: HttpRequest, form: ImportForm) -> HttpResponse:
    open_files = waiting.waiting_for(person_of(request), at=clock.now())
    others = [each for each in readable() if each.key != "excel"]
    context = {
        "form": form,
        "waiting": open_files,
        "formats": others,
        "workbooks": FORMATS.values(),
        "nav_current": "questions",
    }
    return render(request, "exams/desk/import.html", context)
