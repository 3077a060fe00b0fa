"""Examiners: banks, and the template to fill one from."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from exams import markup, showing, types
from exams.imports.template import workbook
from exams.models import Question
from exams.queries import desk, outdated
from exams.queries.found import Wanted, offered
from exams.types.fill_in import MARK
from exams.views.desk import paged
from exams.views.who import person_of
from lms.people.access import Perm, required

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
@required(Perm.EXAMS_MANAGE)
def bank_list(request: HttpRequest) -> HttpResponse:
    page = paged(request, desk.bank_list(person_of(request)))
    context = {"page": page, "recheck": outdated.waiting(person_of(request)).count(), "nav_current": "questions"}
    return render(request, "exams/desk/banks.html", context)


@require_safe
@required(Perm.EXAMS_MANAGE)
def bank(request: HttpRequest, bank: UUID) -> HttpResponse:
    found = get_object_or_404(desk.banks_of(person_of(request)), uuid=bank)
    wanted = Wanted.of(request.GET)
    page = paged(request, wanted.questions(found).select_related("current"))
    for question in page:
        question.shown = _shown(question)
    context = {
        "bank": found,
        "page": page,
        "wanted": wanted,
        "query": f"&{wanted.query}" if wanted.query else "",
        "offered": offered(found),
        "types": types.choices(),
        "states": Question.State.choices,
        "formulas": any(showing.has_formula(str(question.shown)) for question in page),
        "nav_current": "questions",
    }
    return render(request, "exams/desk/bank.html", context)


def _shown(question: Question) -> dict[str, object]:
    kind, version = types.get(question.type), question.current
    assert version is not None
    shown = showing.reviewed(version, kind.shuffled(version.content, None), None)
    words = MARK.sub("____", markup.bare(version.stem, version.markup))
    return {"kind": kind.label, "words": words, **shown}


@require_safe
@required(Perm.EXAMS_MANAGE)
def template(request: HttpRequest) -> HttpResponse:
    response = HttpResponse(workbook(), content_type=XLSX)
    response.headers["Content-Disposition"] = (
        "attachment; filename*=UTF-8''%E8%AF%95%E9%A2%98%E5%AF%BC%E5%85%A5%E6%A8%A1%E6%9D%BF.xlsx"
    )
    return response
