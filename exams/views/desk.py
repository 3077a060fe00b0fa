"""Examiners: their exams, a new one, who has sat and who has not, one more attempt."""

from decimal import Decimal
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from exams import actions, queries, rules
from exams.forms.desk import ReopenForm
from exams.forms.exam import NOTHING_OPEN, ExamForm, RuleFormSet
from exams.models import Attempt, Exam
from exams.queries import desk, mine
from exams.queries.practical import has_sheets
from exams.rules.drawing import Infeasible
from exams.views.who import person_of
from lms.kernel import clock
from lms.people.access import Perm, required
from lms.records.models import Enrolment

PER_PAGE = 50


def paged(request: HttpRequest, rows: Any) -> Page[Any]:
    return Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))


def searched(request: HttpRequest) -> str:
    """The name or number somebody looks for."""
    return request.GET.get("q", "").replace("\0", "").strip()


def kept(text: str) -> str:
    """What is searched for, as other pages of the same list go on with it."""
    return f"&{urlencode({'q': text})}" if text else ""


@require_safe
@required(Perm.EXAMS_MANAGE)
def exam_list(request: HttpRequest) -> HttpResponse:
    page = paged(request, desk.exam_list(person_of(request)))
    return render(request, "exams/desk/list.html", {"page": page, "nav_current": "exams"})


@require_http_methods(["GET", "HEAD", "POST"])
@required(Perm.EXAMS_MANAGE)
def create(request: HttpRequest) -> HttpResponse:
    sent = request.POST if request.method == "POST" else None
    form = ExamForm(sent, examiner=person_of(request))
    rules: Any = RuleFormSet(sent, prefix="rules", form_kwargs={"examiner": person_of(request)})
    outlook = None
    if sent is not None and form.is_valid() and rules.is_valid():
        if "check" in sent:
            outlook = queries.outlook(form.plan(rules.planned()).asked)
        exam = None if outlook else _created(form, rules, request)
        if exam is not None:
            messages.success(request, _("The exam is set up."))
            return redirect("exams:exam", exam.uuid)
    banks = desk.banks_of(person_of(request))
    context = {
        "form": form,
        "rules": rules,
        "stock": desk.stock(banks),
        "topics": desk.topics(banks),
        "outlook": outlook,
    }
    return render(request, "exams/desk/create.html", {**context, "nav_current": "exams"})


def _created(form: ExamForm, rules: Any, request: HttpRequest) -> Exam | None:
    plan, facts, at = form.plan(rules.planned()), form.cleaned_data, clock.now()
    try:
        if not facts["standalone"]:
            return actions.create_exam(plan=plan, by=person_of(request), at=at)
        own = {name: facts[name] for name in ("code", "line", "account")}
        return actions.create_standalone(
            plan=plan, hours=facts["hours"] or Decimal(0), by=person_of(request), at=at, **own
        )
    except actions.NothingOpen:
        form.add_error("practice_first", NOTHING_OPEN)
    except Infeasible as error:
        for sentence in queries.infeasible_words(plan.asked, error):
            form.add_error(None, sentence)
    return None


@require_safe
@required(Perm.EXAMS_MANAGE)
def exam(request: HttpRequest, exam: UUID) -> HttpResponse:
    found = _mine(request, exam)
    page = paged(request, desk.attempts_of(found, person_of(request)))
    now = clock.now()
    for attempt in page:
        attempt.is_running = attempt.state == Attempt.State.IN_PROGRESS and not rules.is_over(attempt.deadline, now)
        attempt.can_reopen = attempt.passed is False and attempt.number >= found.max_attempts + attempt.granted
    context = {
        "exam": found,
        "paper": mine.paper_facts(found),
        "page": page,
        "waiting": desk.not_sat(found, person_of(request)).count(),
        "practical": has_sheets(found),
        "nav_current": "exams",
    }
    return render(request, "exams/desk/exam.html", context)


@require_safe
@required(Perm.EXAMS_MANAGE)
def not_sat(request: HttpRequest, exam: UUID) -> HttpResponse:
    found = _mine(request, exam)
    page = paged(request, desk.not_sat(found, person_of(request)))
    return render(request, "exams/desk/not_sat.html", {"exam": found, "page": page, "nav_current": "exams"})


@require_POST
@required(Perm.EXAMS_MANAGE)
def reopen(request: HttpRequest, exam: UUID) -> HttpResponse:
    found = _mine(request, exam)
    form = ReopenForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Not granted: a reason is needed."))
        return redirect("exams:exam", exam)
    covered = Enrolment.objects.filter(
        person__posts__in=desk.people_in_scope(person_of(request)), attempts__exam=found
    )
    enrolment = get_object_or_404(covered.distinct(), uuid=form.cleaned_data["enrolment"])
    actions.reopen(
        exam=found, enrolment=enrolment, reason=form.cleaned_data["reason"], by=person_of(request), at=clock.now()
    )
    messages.success(request, _("One more attempt is granted."))
    return redirect("exams:exam", exam)


def _mine(request: HttpRequest, exam: UUID) -> Exam:
    return get_object_or_404(
        desk.exams_of(person_of(request)).select_related("unit", "lesson__course", "blueprint"), uuid=exam
    )
