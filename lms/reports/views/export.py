"""The page as a workbook or on paper: the same rows, from the same queries, in the same scope."""

from datetime import datetime
from io import BytesIO
from tempfile import TemporaryFile

from django.http import FileResponse, HttpRequest, HttpResponseBase
from django.template.loader import render_to_string
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lms.kernel import clock, press
from lms.people.login import login_required
from lms.reports import queries, workbook
from lms.reports.figures import Board
from lms.reports.lines import bar_label, lines
from lms.reports.portions import MOST
from lms.reports.views.asking import around, asked

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@login_required
@require_safe
def paper(request: HttpRequest) -> HttpResponseBase:
    """The figures of the page as PDF, to be signed or sent; names are in the workbook only."""
    at, (units, folded) = clock.now(), around(request)
    what = asked(request.GET, units)
    board = Board(units, queries.cells(units, what, at, folded=folded), what.unit, what.course)
    context = {
        "here": what.unit.name if what.unit else _("All my units"),
        "at": at,
        "total": board.total,
        "by_unit": [(bar_label(bar), bar.figures) for bar in board.by_unit or board.itself],
        "by_course": [] if what.course else [(bar.label, bar.figures) for bar in board.by_course],
        "course": next((course.title for course in board.courses if course.uuid == what.course), ""),
        "required": what.required,
        "definition": workbook.definition(),
    }
    html = render_to_string("reports/completion_pdf.html", context, request)
    file = BytesIO(press.document(html, style="reports/completion.css"))
    return FileResponse(file, as_attachment=True, filename=f"{_file_name(at)}.pdf", content_type="application/pdf")


@login_required
@require_safe
def export(request: HttpRequest) -> FileResponse:
    at, (units, folded) = clock.now(), around(request)
    what = asked(request.GET, units)
    board = Board(units, queries.cells(units, what, at, folded=folded), what.unit, what.course)
    file = TemporaryFile()  # noqa: SIM115 - the response closes it
    workbook.write(
        file,
        scope=what.unit.name if what.unit else _("All my units"),
        bars=board.by_unit or board.itself,
        moved_out=queries.moved_out(units, what, most=MOST),
        lines=lines(queries.everybody(units, what, at)),
    )
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"{_file_name(at)}.xlsx", content_type=XLSX)


def _file_name(at: datetime) -> str:
    return _("Completion %(day)s") % {"day": f"{localdate(at):%Y-%m-%d}"}
