"""What a taker reads: own exams, the notice before one, the result after it. None of these changes anything."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from exams import queries, showing
from exams.models import Attempt, Exam
from exams.queries import board, deferrals, make_up, mine
from exams.queries.appeals import recourse
from exams.views.who import person_of
from lms.kernel import clock
from lms.people.login import login_required


@require_safe
@login_required
def exam_list(request: HttpRequest) -> HttpResponse:
    person, at = person_of(request), clock.now()
    context = {"groups": mine.my_exams(person, at=at), "invigilating": board.invigilating(person, at=at).exists()}
    return render(request, "exams/list.html", {**context, "nav_current": "exams"})


@require_safe
@login_required
def notice(request: HttpRequest, exam: UUID) -> HttpResponse:
    """考前须知. 404 for whoever does not learn what the exam belongs to."""
    found = get_object_or_404(Exam.objects.announced().select_related("lesson__course"), uuid=exam)
    enrolment = queries.my_enrolments(found, person_of(request)).select_related("person").first()
    if enrolment is None:
        raise Http404
    at = clock.now()
    context = {
        "mine": mine.my_exam(found, enrolment, at=at),
        "at": at,
        "deferral": deferrals.mine(found, enrolment) if found.in_sessions else None,
        "make_ups": make_up.open_to(found, enrolment) if found.kind == Exam.Kind.FORMAL else (),
        "paper": mine.paper_facts(found),
        "nav_current": "exams",
    }
    return render(request, "exams/notice.html", context)


@require_safe
@login_required
def result(request: HttpRequest, attempt: UUID) -> HttpResponse:
    """The result of a finished sitting; its score and its answers only once released."""
    rows = Attempt.objects.select_related("exam__lesson__course", "enrolment__person")
    found = get_object_or_404(rows, uuid=attempt, person=person_of(request))
    at = clock.now()
    queries.as_seen(found, at=at)
    if found.state == Attempt.State.IN_PROGRESS:
        return redirect("exams:sheet", attempt)
    context = {
        "attempt": found,
        "mine": mine.my_exam(found.exam, found.enrolment, at=at),
        "review": _review(found),
        "recourse": recourse(found, at=at),
        "pass_points": found.max_score * found.exam.pass_score / 100,
        "nav_current": "exams",
    }
    return render(request, "exams/result.html", context)


def _review(attempt: Attempt) -> dict[str, object] | None:
    if attempt.released_at is None:
        return None
    items = mine.reviewed_items(attempt) if attempt.exam.shows == Exam.Shows.ANSWERS else []
    wrong = [each for each in items if not each.right]
    percent = float(100 * (attempt.score or 0) / attempt.max_score) if attempt.max_score else 0
    positions = [each.item.position for each in items]
    formulas = any(showing.has_formula(str(each.shown)) for each in items)
    right = [each for each in items if each.right]
    return {"wrong": wrong, "right": right, "percent": percent, "formulas": formulas, "positions": positions}
