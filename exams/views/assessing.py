"""Assessors: choose somebody, watch, give points on the phone."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from exams import actions, pieces, queries
from exams.models import Attempt, AttemptItem, Exam
from exams.queries import desk, practical
from exams.rules import marking
from exams.rules.drawing import Infeasible
from exams.views.desk import kept, paged, searched
from exams.views.who import person_of
from lms.kernel import clock
from lms.people.access import Perm, required

LONGEST_NOTE = 1000


@require_safe
@required(Perm.EXAMS_MANAGE)
def people(request: HttpRequest, exam: UUID) -> HttpResponse:
    """Whose sheets wait, and who has not been assessed."""
    found = _mine(request, exam)
    text = searched(request)
    absent = desk.not_sat(found, person_of(request)).exclude(person=person_of(request))
    if text:
        absent = absent.filter(person__name__contains=text) | absent.filter(person__staff_no__startswith=text)
    context = {
        "exam": found,
        "waiting": practical.to_assess(found, person_of(request)),
        "page": paged(request, absent if practical.is_practical(found) else absent.none()),
        "text": text,
        "query": kept(text),
        "nav_current": "exams",
    }
    return render(request, "exams/assessing/people.html", context)


@require_POST
@required(Perm.EXAMS_MANAGE)
def begin(request: HttpRequest, exam: UUID, enrolment: UUID) -> HttpResponse:
    found = _mine(request, exam)
    absent = desk.not_sat(found, person_of(request)).exclude(person=person_of(request))
    one = get_object_or_404(absent, uuid=enrolment)
    try:
        attempt = actions.begin_assessment(exam=found, enrolment=one, at=clock.now())
    except (actions.NotAllowed, Infeasible):
        messages.error(request, _("This exam cannot be sat now."))
        return redirect("exams:assess", exam)
    return redirect("exams:assess_one", exam, attempt.uuid)


@require_http_methods(["GET", "HEAD", "POST"])
@required(Perm.EXAMS_MANAGE)
def sheet(request: HttpRequest, exam: UUID, attempt: UUID) -> HttpResponse:
    """The score sheets of one person, all points given to begin with."""
    found = get_object_or_404(practical.to_assess(_mine(request, exam), person_of(request)), uuid=attempt)
    items = list(practical.sheets(found))
    typed: dict[int, list[str]] = {}
    wrong: dict[int, int] = {}
    if request.method == "POST":
        typed = {item.pk: _typed(request, item) for item in items}
        given = _given(items, typed, wrong)
        if not wrong:
            return _assessed(request, found, given)
    blocks = [pieces.sheet(item, typed.get(item.pk), wrong.get(item.pk)) for item in items]
    context = {
        "exam": found.exam, "attempt": found, "sheets": blocks, "note": request.POST.get("note", ""),
        "nav_current": "exams",
    }  # fmt: skip
    return render(request, "exams/assessing/sheet.html", context)


def _typed(request: HttpRequest, item: AttemptItem) -> list[str]:
    return [request.POST.get(f"points-{item.position}-{n}", "") for n, _each in enumerate(queries.criteria(item))]


def _given(items: list[AttemptItem], typed: dict[int, list[str]], wrong: dict[int, int]) -> dict[int, list[Decimal]]:
    """The points by sheet; `wrong` gets the first bad field of each."""
    given = {}
    for item in items:
        try:
            given[item.pk] = marking.read_points(typed[item.pk], queries.criteria(item))
        except marking.BadPoints as error:
            wrong[item.pk] = error.index
    return given


def _assessed(request: HttpRequest, attempt: Attempt, given: Any) -> HttpResponse:
    note = request.POST.get("note", "").replace("\0", "").strip()[:LONGEST_NOTE]
    try:
        actions.assess(attempt=attempt, given=given, note=note, by=person_of(request), at=clock.now())
    except actions.NotInHand:
        messages.error(request, _("Not saved: these sheets have been filled in meanwhile."))
    else:
        messages.success(request, _("Assessed: %(name)s.") % {"name": attempt.person.name})
    return redirect("exams:assess", attempt.exam.uuid)


def _mine(request: HttpRequest, exam: UUID) -> Exam:
    return get_object_or_404(desk.exams_of(person_of(request)).select_related("blueprint"), uuid=exam)
