"""Examiners: change an exam before anybody has sat it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from exams import actions, queries
from exams.forms import exam_again as changing
from exams.forms.exam import NOTHING_OPEN, ExamForm, RuleFormSet
from exams.models import Exam
from exams.queries import desk
from exams.rules.drawing import Infeasible
from exams.views.who import person_of
from lms.kernel import clock
from lms.people.access import Perm, required


@require_http_methods(["GET", "HEAD", "POST"])
@required(Perm.EXAMS_MANAGE)
def change(request: HttpRequest, exam: UUID) -> HttpResponse:
    person = person_of(request)
    exams = desk.exams_of(person).exclude(kind=Exam.Kind.MAKE_UP).select_related("unit", "blueprint")
    found = get_object_or_404(exams, uuid=exam)
    sent = request.POST if request.method == "POST" else None
    form = ExamForm(sent, examiner=person, initial=changing.facts_of(found))
    for name in changing.OF_ITS_COURSE:
        del form.fields[name]
    rules: Any = RuleFormSet(sent, prefix="rules", form_kwargs={"examiner": person}, initial=changing.rules_of(found))
    outlook = None
    if sent is not None and form.is_valid() and rules.is_valid():
        if "check" in sent:
            outlook = queries.outlook(form.plan(rules.planned()).asked)
        elif _changed(request, found, form, rules):
            return redirect("exams:exam", exam)
    banks = desk.banks_of(person)
    context = {"exam": found, "form": form, "rules": rules, "outlook": outlook, "nav_current": "exams"}
    stock = {"stock": desk.stock(banks), "topics": desk.topics(banks)}
    return render(request, "exams/desk/create.html", context | stock)


def _changed(request: HttpRequest, exam: Exam, form: ExamForm, rules: Any) -> bool:
    plan = form.plan(rules.planned())
    try:
        actions.change_exam(exam=exam, plan=plan, by=person_of(request), at=clock.now())
    except actions.InUse:
        form.add_error(None, _("Not changed: somebody has sat this exam, or there is a make-up exam of it."))
    except actions.NothingOpen:
        form.add_error("practice_first", NOTHING_OPEN)
    except Infeasible as error:
        for sentence in queries.infeasible_words(plan.asked, error):
            form.add_error(None, sentence)
    else:
        messages.success(request, _("The exam is changed."))
        return True
    return False
