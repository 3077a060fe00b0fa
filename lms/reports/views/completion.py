"""Completion by unit, drilled down to names."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lms.kernel import clock
from lms.people.login import login_required
from lms.reports import queries
from lms.reports.figures import Bar, Board
from lms.reports.here import FEW
from lms.reports.lines import bar_label, lines
from lms.reports.portions import MOST, Portions
from lms.reports.queries import Asked
from lms.reports.views.asking import address, around, asked, opens
from lms.reports.views.frame import frame

PAGE = 100
MOST_URGENT = 8


@login_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """One number, the units behind it, and who is overdue: a few statements, whatever the size of the company."""
    at, (units, folded) = clock.now(), around(request)
    what = asked(request.GET, units)
    board = Board(units, queries.cells(units, what, at, folded=folded), what.unit, what.course)
    total, overdue = board.total, Asked(what.unit, what.direct, what.course, what.required, "overdue")
    context = {
        "board": board,
        "total": total,
        "by_unit": [_row(bar, opens(bar, what, units)) for bar in board.by_unit],
        "by_course": [] if what.course else [_row(bar, opens(bar, what, units)) for bar in board.by_course],
        "urgent": list(lines(queries.most_overdue(units, overdue, at, MOST_URGENT, few=total.assigned <= FEW))),
        "all_overdue": address("reports:people", overdue),
        **frame(request, what, units, current="completion"),
    }
    return render(request, "reports/completion.html", context)


@login_required
@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """The names behind the number: who works there today."""
    at, (units, _folded) = clock.now(), around(request)
    what = asked(request.GET, units)
    page = Portions(queries.people(units, what, at), PAGE).get_page(request.GET.get("page"))
    states = [("", _("All")), ("overdue", _("Overdue")), ("open", _("Not completed")), ("completed", _("Completed"))]
    context = {
        "page": page,
        "lines": list(lines(page)),
        "moved_out": queries.moved_out(units, what, most=MOST),
        "states": [(key, label, address("reports:people", what, state=key)) for key, label in states],
        "query": "&" + address("reports:people", what).partition("?")[2],
        **frame(request, what, units, current="people"),
    }
    return render(request, "reports/people.html", context)


def _row(bar: Bar, url: str) -> dict[str, object]:
    figures = bar.figures
    counts = {"completed": figures.completed, "assigned": figures.assigned, "overdue": figures.overdue}
    with_overdue = _("%(completed)s of %(assigned)s · %(overdue)s overdue")
    without = _("%(completed)s of %(assigned)s")
    return {
        "label": bar_label(bar),
        "percent": figures.percent,
        "note": (with_overdue if figures.overdue else without) % counts,
        "url": url,
    }
