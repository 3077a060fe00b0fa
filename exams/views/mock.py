"""模拟考试: what a mock exam is like and how the last ones went; start one."""

from uuid import UUID

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from exams import actions, queries
from exams.models import Attempt, Exam
from exams.queries import mine, mock
from exams.rules.drawing import Infeasible
from exams.views import holder
from exams.views.who import person_of
from lms.kernel import clock
from lms.people.login import login_required
from lms.people.models import Person
from lms.records.models import Enrolment


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def mock_exam(request: HttpRequest, exam: UUID) -> HttpResponse:
    """404 for whoever does not learn what the formal exam belongs to."""
    formal = Exam.objects.announced().filter(kind=Exam.Kind.FORMAL).select_related("lesson", "blueprint")
    found, person = get_object_or_404(formal, uuid=exam), person_of(request)
    enrolment = queries.my_enrolments(found, person).first()
    if enrolment is None:
        raise Http404
    if request.method == "POST":
        return _start(found, person)
    return _page(request, found, person, enrolment)


def _page(request: HttpRequest, exam: Exam, person: Person, enrolment: Enrolment) -> HttpResponse:
    at = clock.now()
    sat = [queries.as_seen(one, at=at) for one in mock.mocks_of(exam, enrolment)]
    context = {
        "exam": exam,
        "paper": mine.paper_facts(exam),
        "why_not": mock.why_not(exam, person),
        "running": next((one for one in sat if one.state == Attempt.State.IN_PROGRESS), None),
        "finished": [one for one in sat if one.state != Attempt.State.IN_PROGRESS],
        "formal": _formal(exam, person),
    }
    return render(request, "exams/practice/mock.html", {**context, "nav_current": "exams"})


def _start(exam: Exam, person: Person) -> HttpResponse:
    """On to the sheet; back to the page, which says why, when there is no mock exam now."""
    try:
        begun = _begun(exam, person)
    except Infeasible:
        begun = None
    if begun is None:
        return redirect("exams:mock", exam.uuid)
    attempt, created = begun
    response = redirect("exams:sheet", attempt.uuid)
    if created:
        holder.remember(response, attempt)
    return response


def _begun(exam: Exam, person: Person) -> tuple[Attempt, bool] | None:
    try:
        return _begin(exam, person)
    except actions.MustClose as earlier:
        _close(earlier.attempt)
        return _begin(exam, person)


@transaction.atomic
def _begin(exam: Exam, person: Person) -> tuple[Attempt, bool] | None:
    enrolment = queries.locked_enrolment(exam=exam, person=person)
    if enrolment is None:
        raise Http404
    if _formal(exam, person) or mock.why_not(exam, person):
        return None
    return actions.start_mock(exam=exam, person=person, enrolment=enrolment, at=clock.now())


@transaction.atomic
def _close(pk: int) -> None:
    actions.close_if_over(attempt=queries.locked_attempt(pk=pk), at=clock.now())


def _formal(exam: Exam, person: Person) -> Attempt | None:
    """The exam itself, while its clock is running: then nobody sits a mock exam."""
    return Attempt.objects.in_progress().filter(exam=exam, person=person, deadline__gt=clock.now()).first()
