"""What a taker reads: own exams, the notice before one, the result after it. None of these changes anything."""

from datetime import datetime
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from exams import queries, showing
from exams.models import Attempt, Exam
from exams.queries import board, contests, deferrals, eligibility, late, make_up, mine, mock
from exams.queries.appeals import recourse
from exams.queries.practical import only_sheets
from exams.rules.ranking import Placed
from exams.views import kept_key
from exams.views.who import person_of
from lms.kernel import clock
from lms.people.login import login_required
from lms.people.models import Person


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
    announced = Exam.objects.announced().annotate(practical=only_sheets()).select_related("lesson__course")
    found = get_object_or_404(announced, uuid=exam)
    enrolment = queries.my_enrolments(found, person_of(request)).select_related("person").first()
    if enrolment is None:
        raise Http404
    at = clock.now()
    my_exam = mine.my_exam(found, enrolment, at=at)
    context = {
        "mine": my_exam,
        "at": at,
        "practise": eligibility.to_practise(found, enrolment.person) if my_exam.asks_more_practice else (),
        "deferral": deferrals.mine(found, enrolment) if found.in_sessions else None,
        "make_ups": make_up.open_to(found, enrolment) if found.kind == Exam.Kind.FORMAL else (),
        "rehearses": _may_rehearse(my_exam, enrolment.person),
        "paper": mine.paper_facts(found),
        "nav_current": "exams",
    }
    return render(request, "exams/notice.html", context)


def _may_rehearse(exam: mine.Mine, person: Person) -> bool:
    """Whether there are mock exams of it; none while it is being sat."""
    if exam.exam.kind != Exam.Kind.FORMAL or exam.history.open:
        return False
    return mock.offered(person).filter(pk=exam.exam.pk).exists()


@require_safe
@login_required
def result(request: HttpRequest, attempt: UUID) -> HttpResponse:
    """The result of a finished sitting; its score and its answers only once released."""
    rows = Attempt.objects.select_related(
        "exam__lesson__course", "exam__rehearses__lesson__course", "enrolment__person"
    )
    asked = rows.annotate(practical=only_sheets("exam__blueprint"), came_late=late.came("pk"))
    found = get_object_or_404(asked, uuid=attempt, person=person_of(request))
    vars(found.exam)["practical"] = vars(found)["practical"]
    at = clock.now()
    queries.as_seen(found, at=at)
    if found.state == Attempt.State.IN_PROGRESS:
        return redirect("exams:sheet", attempt)
    context = {
        "attempt": found,
        "mine": mine.my_exam(found.exam.rehearses or found.exam, found.enrolment, at=at),
        "review": _review(found, at),
        "place": _place(found),
        "recourse": recourse(found, at=at),
        "pass_points": found.max_score * found.exam.pass_score / 100,
        "late": late.told(found) if vars(found)["came_late"] else None,
        "nav_current": "exams",
    }
    response = render(request, "exams/result.html", context)
    kept_key.give_again(response, found, at=at)
    return response


def _review(attempt: Attempt, at: datetime) -> dict[str, object] | None:
    if attempt.released_at is None:
        return None
    shows = attempt.exam.shows == Exam.Shows.ANSWERS and not attempt.exam.holds_back_answers(at)
    items = mine.reviewed_items(attempt) if shows else []
    wrong = [each for each in items if not each.right]
    percent = float(100 * (attempt.score or 0) / attempt.max_score) if attempt.max_score else 0
    positions = [each.item.position for each in items]
    formulas = any(showing.has_formula(str(each.shown)) for each in items)
    right = [each for each in items if each.right]
    return {"wrong": wrong, "right": right, "percent": percent, "formulas": formulas, "positions": positions}


def _place(attempt: Attempt) -> Placed | None:
    """The person's place in a contest."""
    if attempt.exam.kind != Exam.Kind.CONTEST:
        return None
    return contests.my_place(attempt.exam, attempt.person)
