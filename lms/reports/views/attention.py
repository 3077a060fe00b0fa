"""Who needs attention, how it went, and who stands where: three more views of the same units."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lms.kernel import clock
from lms.people.login import login_required
from lms.reports import grid as people_by_course
from lms.reports import pressing as reasons
from lms.reports import queries
from lms.reports.chart import chart
from lms.reports.portions import Portions
from lms.reports.trend import trend as weeks_of
from lms.reports.views.asking import address, around, asked
from lms.reports.views.frame import frame

PAGE = 50


@login_required
@require_safe
def pressing(request: HttpRequest) -> HttpResponse:
    """谁要紧: people with reasons, the most urgent first; each can be reminded with one tap."""
    at, (units, _folded) = clock.now(), around(request)
    what = asked(request.GET, units)
    page = Portions(reasons.pressing(queries.within(units, what), what, at), PAGE).get_page(request.GET.get("page"))
    about = reasons.facts(list(page), queries.reminders_today(at))
    lines = [(one, about[one.person]) for one in page if one.person in about]
    context = {"page": page, "lines": lines, "query": _query("reports:pressing", what)}
    return render(request, "reports/pressing.html", context | frame(request, what, units, current="pressing"))


@login_required
@require_safe
def grid(request: HttpRequest) -> HttpResponse:
    """People × courses, in portions of people."""
    at, (units, _folded) = clock.now(), around(request)
    what = asked(request.GET, units)
    people = people_by_course.people(queries.within(units, what), what)
    page = Portions(people, PAGE).get_page(request.GET.get("page"))
    courses, lines = people_by_course.lines(list(page), what, at)
    context = {"page": page, "courses": courses, "lines": lines, "query": _query("reports:grid", what)}
    return render(request, "reports/grid.html", context | frame(request, what, units, current="grid"))


@login_required
@require_safe
def trend(request: HttpRequest) -> HttpResponse:
    """A line over the last weeks, and its table."""
    at, (units, _folded) = clock.now(), around(request)
    what = asked(request.GET, units)
    weeks = weeks_of(units, what, at)
    context = {"weeks": weeks, "chart": chart([week.percent for week in weeks])}
    return render(request, "reports/trend.html", context | frame(request, what, units, current="trend"))


def _query(view: str, what: queries.Asked) -> str:
    query = address(view, what).partition("?")[2]
    return f"&{query}" if query else ""
