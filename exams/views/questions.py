"""Examiners: banks, and filling one from a file."""

from uuid import UUID

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from exams import types
from exams.forms import ImportForm
from exams.imports import Report, Unreadable, apply, preview, read, uploads
from exams.imports.template import workbook
from exams.imports.workbook import MAX_BYTES
from exams.models import Question, QuestionBank
from exams.queries import desk
from exams.views.desk import paged
from exams.views.who import person_of
from lms.kernel import clock
from lms.people import access
from lms.people.access import Perm, required

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHOWN = 50


@require_safe
@required(Perm.EXAMS_MANAGE)
def bank_list(request: HttpRequest) -> HttpResponse:
    page = paged(request, desk.bank_list(person_of(request)))
    return render(request, "exams/desk/banks.html", {"page": page, "nav_current": "questions"})


@require_safe
@required(Perm.EXAMS_MANAGE)
def bank(request: HttpRequest, bank: UUID) -> HttpResponse:
    found = get_object_or_404(desk.banks_of(person_of(request)), uuid=bank)
    rows = Question.objects.filter(bank=found).select_related("current").order_by("code", "pk")
    kind, text = request.GET.get("type", ""), request.GET.get("q", "").replace("\0", "").strip()[:100]
    if kind in types.registered():
        rows = rows.filter(type=kind)
    if text:
        rows = rows.filter(current__stem__contains=text)
    page = paged(request, rows)
    for question in page:
        question.shown = _shown(question)
    context = {"bank": found, "page": page, "types": types.choices(), "kind": kind, "text": text}
    return render(request, "exams/desk/bank.html", {**context, "nav_current": "questions"})


def _shown(question: Question) -> dict[str, object]:
    kind, version = types.get(question.type), question.current
    assert version is not None
    order = kind.shuffled(version.content, None)
    return {"kind": kind.label, "lines": kind.reviewed(version.content, version.key, order, None)}


@require_http_methods(["GET", "HEAD", "POST"])
@required(Perm.EXAMS_MANAGE)
def upload(request: HttpRequest) -> HttpResponse:
    """Choose a file, then see what it would bring. Nothing is stored in the bank here."""
    if request.method != "POST":
        return _form(request, ImportForm(examiner=person_of(request)))
    form = ImportForm(request.POST, request.FILES, examiner=person_of(request))
    if not form.is_valid():
        return _form(request, form)
    try:
        data = _bytes(form.cleaned_data["file"])
        report = preview(read(data), bank_name=form.bank_name)
    except Unreadable as problem:
        form.add_error("file", str(problem))
        return _form(request, form)
    facts = {"bank": form.bank_name, "unit": form.cleaned_data["unit"].pk}
    token = uploads.keep(data, person=person_of(request), facts=facts)
    name = form.cleaned_data["file"].name
    context = {"report": report, "token": token, "bank_name": form.bank_name, "file_name": name, "new": _first(report)}
    return render(request, "exams/desk/preview.html", {**context, "nav_current": "questions"})


@require_POST
@required(Perm.EXAMS_MANAGE)
def confirm(request: HttpRequest) -> HttpResponse:
    """Store what the preview showed. The bank is checked again: it may have filled meanwhile."""
    try:
        sent = uploads.take(request.POST.get("token", ""), person=person_of(request))
    except uploads.Gone:
        messages.error(request, _("The file is no longer here. Please choose it again."))
        return redirect("exams:import")
    unit = get_object_or_404(access.scope(person_of(request), Perm.EXAMS_MANAGE), pk=sent.facts["unit"])
    taken = QuestionBank.objects.filter(name=sent.facts["bank"]).exists()
    if taken:
        get_object_or_404(desk.banks_of(person_of(request)), name=sent.facts["bank"])
    bank, report = apply(
        read(sent.data), bank_name=sent.facts["bank"], unit=unit, by=person_of(request), at=clock.now()
    )
    uploads.forget(sent)
    messages.success(request, _("%(n)s questions imported.") % {"n": len(report.new)})
    return redirect("exams:bank", bank.uuid)


@require_safe
@required(Perm.EXAMS_MANAGE)
def template(request: HttpRequest) -> HttpResponse:
    response = HttpResponse(workbook(), content_type=XLSX)
    response.headers["Content-Disposition"] = (
        "attachment; filename*=UTF-8''%E8%AF%95%E9%A2%98%E5%AF%BC%E5%85%A5%E6%A8%A1%E6%9D%BF.xlsx"
    )
    return response


def _first(report: Report) -> list[dict[str, object]]:
    """Enough of the new questions to see that they were understood."""
    return [
        {"row": row, "kind": types.get(draft.type).label, "stem": draft.stem, "topic": draft.topic}
        for row, draft in report.new[:SHOWN]
    ]


def _bytes(file: UploadedFile) -> bytes:
    if file.size is not None and file.size > MAX_BYTES:
        raise Unreadable(_("The file is larger than 10 MB. Please split it."))
    return bytes(file.read())


def _form(request: HttpRequest, form: ImportForm) -> HttpResponse:
    return render(request, "exams/desk/import.html", {"form": form, "nav_current": "questions"})
