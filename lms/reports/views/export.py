"""The page as a workbook: the same rows, from the same queries, in the same scope."""

from tempfile import TemporaryFile

from django.http import FileResponse, HttpRequest
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lms.kernel import clock
from lms.people.login import login_required
from lms.reports import queries, workbook
from lms.reports.figures import Board
from lms.reports.lines import line
from lms.reports.views.asking import asked, scope

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
AT_ONCE = 2000  # rows read at a time


@login_required
@require_safe
def export(request: HttpRequest) -> FileResponse:
    at, units = clock.now(), scope(request)
    what = asked(request.GET, units)
    board = Board(units, queries.cells(units, what, at), what.unit, what.course)
    file = TemporaryFile()  # noqa: SIM115 - the response closes it
    workbook.write(
        file,
        scope=what.unit.name if what.unit else _("All my units"),
        bars=board.by_unit or board.itself,
        moved_out=queries.moved_out(units, what),
        lines=(line(task) for task in queries.people(units, what, at).iterator(AT_ONCE)),
    )
    file.seek(0)
    name = _("Completion %(day)s") % {"day": f"{localdate(at):%Y-%m-%d}"}
    return FileResponse(file, as_attachment=True, filename=f"{name}.xlsx", content_type=XLSX)
