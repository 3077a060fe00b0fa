"""Examiners: how an exam measured, its questions one by one, and what was misread where."""

from datetime import datetime
from tempfile import TemporaryFile
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from exams import actions, showing, types
from exams.analysis import heat, workbook
from exams.analysis.chart import histogram
from exams.analysis.words import FIGURES
from exams.models import AnalysedItem, AnalysisOrder, Exam, ExamAnalysis, Which
from exams.queries import analysed, desk
from exams.queries.columns import columns
from exams.views.desk import paged
from exams.views.questions import XLSX
from exams.views.who import person_of
from lms.kernel import clock
from lms.people.access import Perm, required


@require_http_methods(["GET", "HEAD", "POST"])
@required(Perm.EXAMS_MANAGE)
def analysis(request: HttpRequest, exam: UUID) -> HttpResponse:
    """The newest analysis; sent, it orders another one."""
    found = _mine(request, exam)
    if request.method == "POST":
        return _order(request, found)
    newest = analysed.newest(found)
    order = analysed.newest_order(found)
    context: dict[str, Any] = {
        "exam": found,
        "analysis": newest,
        "order": order,
        "waiting": order is not None and order.state == AnalysisOrder.State.OPEN,
        "failed": order is not None and order.state == AnalysisOrder.State.FAILED,
        "choices": Which.choices,
        "nav_current": "exams",
    }
    return render(request, "exams/desk/analysis.html", {**context, **(_shown(request, newest) if newest else {})})


def _shown(request: HttpRequest, newest: ExamAnalysis) -> dict[str, Any]:
    sort = request.GET.get("sort", "")
    lines = analysed.lines(newest, sort)
    return {
        "since": analysed.since(newest),
        "paper": analysed.paper(newest),
        "chart": histogram(newest.bins, newest.exam.pass_score),
        "page": paged(request, lines),
        "doubted": sum(bool(line.doubts) for line in lines),
        "heads": [(name, FIGURES[name], _next(name, sort)) for name in analysed.SORTABLE[1:]],
        "number_sort": _next("number", sort),
        "sort": sort,
    }


def _next(name: str, sort: str) -> tuple[str, str]:
    """What a click on this heading asks for, and how the column is sorted now."""
    if sort == name:
        return f"-{name}", "ascending"
    return name, "descending" if sort == f"-{name}" else ""


def _order(request: HttpRequest, exam: Exam) -> HttpResponse:
    which = request.POST.get("which", "")
    which = which if which in Which.values else Which.FIRST
    actions.order_analysis(exam=exam, which=which, by=person_of(request), at=clock.now())
    messages.success(request, _("The analysis is being made. It appears here by itself."))
    return redirect("exams:analysis", exam.uuid)


@require_safe
@required(Perm.EXAMS_MANAGE)
def item(request: HttpRequest, exam: UUID, number: int) -> HttpResponse:
    """One question: its figures, and who chose what."""
    found = _mine(request, exam)
    newest = _newest(found)
    items = AnalysedItem.objects.filter(analysis=newest).select_related("version__question__bank")
    shown = get_object_or_404(items, number=number)
    version = shown.version
    asked = showing.reviewed(version, types.get(version.type).shuffled(version.content, None), None)
    numbers = list(newest.items.values_list("number", flat=True))
    place = numbers.index(number)
    context = {
        "exam": found,
        "analysis": newest,
        "line": analysed.line(shown),
        "type": types.get(shown.version.type).label,
        "answers": analysed.answered(shown),
        "shown": asked,
        "formulas": showing.has_formula(str(asked)),
        "before": numbers[place - 1] if place else None,
        "after": numbers[place + 1] if place + 1 < len(numbers) else None,
        "nav_current": "exams",
    }
    return render(request, "exams/desk/analysed_item.html", context)


@require_safe
@required(Perm.EXAMS_MANAGE)
def misread(request: HttpRequest, exam: UUID) -> HttpResponse:
    """Wrong answers by clause or topic, over the units the examiner covers."""
    found = _mine(request, exam)
    newest = _newest(found)
    shown = columns(person_of(request), request.GET.get("unit", "").replace("\0", ""))
    by_topic = request.GET.get("by") == "topic"
    questions = analysed.by_topic(newest) if by_topic else analysed.by_basis(newest)
    rows = heat.rows(questions, shown.units)
    met = [place for place in range(len(shown.heads)) if any(row.fields[place].asked for row in rows)]
    context = {
        "exam": found,
        "analysis": newest,
        "by_topic": by_topic,
        "columns": shown,
        "heads": [(shown.heads[place], shown.opens[place], shown.heads[place] == shown.here) for place in met],
        "page": paged(request, [(row, [row.fields[place] for place in met]) for row in rows]),
        "levels": _levels(),
        "nav_current": "exams",
    }
    return render(request, "exams/desk/misread.html", context)


def _levels() -> list[tuple[int, str]]:
    """The five shades with the shares they stand for."""
    bounds = [0, *heat.LEVELS, 101]
    words = [f"{low}–{high - 1} %" for low, high in zip(bounds, bounds[1:], strict=False)]
    return list(enumerate(words))


@require_safe
@required(Perm.EXAMS_MANAGE)
def export(request: HttpRequest, exam: UUID) -> FileResponse:
    """Paper, questions, answers and misread clauses as a workbook."""
    found = _mine(request, exam)
    newest = _newest(found)
    shown = columns(person_of(request), "")
    file = TemporaryFile()  # noqa: SIM115 - the response closes it
    workbook.write(file, newest, shown)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"{_file_name(found, newest.at)}.xlsx", content_type=XLSX)


def _file_name(exam: Exam, at: datetime) -> str:
    return _("Analysis %(exam)s %(day)s") % {"exam": exam.title[:60], "day": f"{localdate(at):%Y-%m-%d}"}


def _newest(exam: Exam) -> ExamAnalysis:
    newest = analysed.newest(exam)
    if newest is None:
        raise Http404
    return newest


def _mine(request: HttpRequest, exam: UUID) -> Exam:
    return get_object_or_404(desk.exams_of(person_of(request)).select_related("unit", "lesson__course"), uuid=exam)
