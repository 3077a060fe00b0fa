"""Examiners: write a new question, or a new version of one."""

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from exams.actions.question import rewrite_question, write_question
from exams.models import Question
from exams.queries import desk
from exams.question_form import QuestionForm, filled
from exams.views.who import person_of
from lms.kernel import clock
from lms.people.access import Perm, required

BOTH = ["GET", "HEAD", "POST"]


@require_http_methods(BOTH)
@required(Perm.EXAMS_MANAGE)
def new(request: HttpRequest, bank: UUID) -> HttpResponse:
    found = get_object_or_404(desk.banks_of(person_of(request)), uuid=bank)
    form = QuestionForm(request.POST if request.method == "POST" else None)
    made: list[Question] = []

    def write() -> None:
        assert form.draft is not None
        made.append(write_question(bank=found, draft=form.draft, by=person_of(request), at=clock.now()))

    if request.method == "POST" and _written(form, write):
        return redirect("exams:question", made[0].uuid)
    return render(request, "exams/desk/question_form.html", {"form": form, "bank": found, "nav_current": "questions"})


@require_http_methods(BOTH)
@required(Perm.EXAMS_MANAGE)
def edit(request: HttpRequest, question: UUID) -> HttpResponse:
    """404 for a question that the form cannot say without losing something of it."""
    rows = Question.objects.filter(bank__in=desk.banks_of(person_of(request))).select_related("bank__unit", "current")
    found = get_object_or_404(rows, uuid=question)
    initial = filled(found, found.current) if found.current else None
    if initial is None:
        raise Http404
    form = QuestionForm(request.POST if request.method == "POST" else None, initial=initial, fixed=found.type)

    def write() -> None:
        assert form.draft is not None
        draft = replace(form.draft, title=found.title, points=found.points)
        rewrite_question(question=found, draft=draft, by=person_of(request), at=clock.now())

    if request.method == "POST" and _written(form, write):
        return redirect("exams:question", question)
    context = {"form": form, "bank": found.bank, "question": found, "nav_current": "questions"}
    return render(request, "exams/desk/question_form.html", context)


def _written(form: QuestionForm, write: Callable[[], None]) -> bool:
    if not form.is_valid():
        return False
    try:
        with transaction.atomic():
            write()
    except IntegrityError:
        form.add_error("stem", _("This bank has the same question already."))
        return False
    return True
