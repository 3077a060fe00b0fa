"""Examiners take a bank away as a file: choose a format, see what stays behind, download."""

import io
from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.text import get_valid_filename
from django.views.decorators.http import require_http_methods

from exams.actions.export import export_bank, written
from exams.exchange.registry import FORMATS, Format, writable
from exams.models import QuestionBank
from exams.queries import desk
from exams.views.who import person_of
from lms.kernel import clock
from lms.people.access import Perm, required


@require_http_methods(["GET", "HEAD", "POST"])
@required(Perm.EXAMS_MANAGE)
def export(request: HttpRequest, bank: UUID) -> HttpResponseBase:
    """GET shows what a format would carry, POST gives the file."""
    found = get_object_or_404(desk.banks_of(person_of(request)), uuid=bank)
    if request.method != "POST":
        return _account(request, found)
    format = _format(request.POST.get("format", "excel"))
    made = export_bank(bank=found, format=format, by=person_of(request), at=clock.now())
    name = f"{get_valid_filename(found.name)}.{format.extensions[0]}"
    return FileResponse(io.BytesIO(made.data), content_type=format.mime, filename=name, as_attachment=True)


def _account(request: HttpRequest, bank: QuestionBank) -> HttpResponse:
    format = _format(request.GET.get("format", "excel"))
    context = {
        "bank": bank,
        "formats": writable(),
        "format": format,
        "file": written(bank, format),
        "nav_current": "questions",
    }
    return render(request, "exams/desk/export.html", context)


def _format(key: str) -> Format:
    format = FORMATS.get(key)
    if format is None or format.write is None:
        raise Http404
    return format
