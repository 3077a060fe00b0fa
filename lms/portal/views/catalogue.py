"""课程: everything one can learn, and every phrase in it."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from courses import queries as courses
from courses.enums import Line
from courses.models import Course
from lms.people.login import login_required
from lms.people.models import Person
from lms.portal.views.learner import learner
from lms.records import queries
from lms.records.models import Enrolment

LONGEST_SEARCH = 50  # characters


@login_required
@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    person = learner(request)
    line = request.GET.get("line", "")
    line = line if line in Line.values else ""
    text = " ".join(request.GET.get("q", "").replace("\0", " ").split())[:LONGEST_SEARCH]
    open_to = queries.courses_open_to(person)
    found = courses.catalogue(line or None).filter(pk__in=open_to)
    context = {
        "nav_current": "courses",
        "line": line,
        "lines": Line.choices,
        "q": text,
        "cards": _cards(person, found.filter(current_edition__title__icontains=text) if text else found),
        "hits": _hits(person, text, line),
    }
    return render(request, "portal/catalogue.html", context)


def _cards(person: Person, found: Any) -> list[dict[str, Any]]:
    """Each course with the person's own state of it, in two statements."""
    states = dict(
        Enrolment.objects.filter(person=person)
        .exclude(state=Enrolment.State.CANCELLED)
        .order_by("cycle")
        .values_list("course", "state")
    )
    return [{"course": course, "edition": course.current_edition, "state": states.get(course.pk)} for course in found]


def _hits(person: Person, text: str, line: str) -> Sequence[courses.Hit]:
    """Lessons that contain the phrase, in courses the person may see; none in what is only announced."""
    if not text:
        return []
    visible = set(queries.courses_open_to(person).values_list("pk", flat=True))
    return [hit for hit in courses.search(text) if hit.course.pk in visible and _matches(hit.course, line)]


def _matches(course: Course, line: str) -> bool:
    edition = course.current_edition
    return bool(edition and not edition.coming_soon) and line in ("", course.line)
