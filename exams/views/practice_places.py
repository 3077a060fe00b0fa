"""练习: where one chooses what to practise. None of these changes anything."""

from collections import defaultdict
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_POST, require_safe

from exams import markup, showing, types
from exams.actions.practice import open_for_practice
from exams.models import Question
from exams.practice import rules
from exams.queries import basis, desk, mock, practice
from exams.types.fill_in import MARK
from exams.views.who import person_of
from lms.kernel import clock
from lms.people.access import Perm, required
from lms.people.login import login_required

PER_PAGE = 20
LONG = timedelta(days=400)
NAV = {"nav_current": "exams"}


@require_safe
@login_required
def hub(request: HttpRequest) -> HttpResponse:
    """今日一练, the book of mistakes, and the banks with what is known of each."""
    person, at = person_of(request), clock.now()
    by_bank: dict[int, list[rules.Topic]] = defaultdict(list)
    for topic in practice.topics(person, at=at):
        by_bank[topic.bank].append(topic)
    banks = [(bank, _sum(by_bank[bank.pk])) for bank in practice.banks_for(person) if bank.pk in by_bank]
    days = practice.days(person, since=localdate(at) - LONG)
    context = {
        "banks": banks,
        "daily": practice.today(person, at=at),
        "mistakes": practice.mistakes(person, at=at).count(),
        "mocks": mock.offered(person),
        "streak": rules.streak(days, localdate(at)),
        "this_month": sum(day.replace(day=1) == localdate(at).replace(day=1) for day in days),
    }
    return render(request, "exams/practice/hub.html", {**context, **NAV})


def _sum(topics: list[rules.Topic]) -> dict[str, int]:
    return {"questions": sum(one.questions for one in topics), "known": sum(one.known for one in topics)}


@require_safe
@login_required
def mistakes(request: HttpRequest) -> HttpResponse:
    """错题本 with how often each was right in a row."""
    page: Any = Paginator(practice.mistakes(person_of(request), at=clock.now()), PER_PAGE).get_page(
        request.GET.get("page")
    )
    for wrong in page:
        wrong.words = _words(wrong.question)
    context = {"page": page, "leaves_after": rules.LEAVES_AFTER}
    return render(request, "exams/practice/mistakes.html", {**context, **NAV})


@require_safe
@login_required
def bank(request: HttpRequest, bank: UUID) -> HttpResponse:
    """章节练习 and 专项练习 of one bank."""
    person, at = person_of(request), clock.now()
    found = get_object_or_404(practice.banks_for(person), uuid=bank)
    kinds = practice.practicable(person, at=at).filter(bank=found).order_by("type").values_list("type")
    context = {
        "bank": found,
        "topics": practice.topics(person, at=at, bank=found),
        "types": [(types.get(key), n) for key, n in kinds.annotate(n=Count("pk"))],
    }
    return render(request, "exams/practice/bank.html", {**context, **NAV})


@require_safe
@login_required
def levels(request: HttpRequest, bank: UUID) -> HttpResponse:
    """闯关."""
    found = get_object_or_404(practice.banks_for(person_of(request)), uuid=bank)
    rows = practice.levels(person_of(request), found, at=clock.now())
    context = {"bank": found, "levels": rows, "passed": sum(each.passed for each in rows), "share": rules.LEVEL_PASS}
    return render(request, "exams/practice/levels.html", {**context, **NAV})


@require_safe
@login_required
def by_heart(request: HttpRequest, bank: UUID) -> HttpResponse:
    """背题: questions of a topic with their answers shown."""
    person = person_of(request)
    found = get_object_or_404(practice.banks_for(person), uuid=bank)
    topic = request.GET.get("topic", "").replace("\0", "")[:100]
    rows = practice.practicable(person, at=clock.now()).filter(bank=found, topic=topic).select_related("current")
    page: Any = Paginator(rows.order_by("code", "pk"), PER_PAGE).get_page(request.GET.get("page"))
    for question in page:
        question.shown = _shown(question)
    formulas = any(showing.has_formula(str(question.shown)) for question in page)
    context = {"bank": found, "topic": topic, "page": page, "formulas": formulas}
    return render(request, "exams/practice/by_heart.html", {**context, **NAV})


def _shown(question: Question) -> dict[str, Any]:
    kind, version = types.get(question.type), question.current
    assert version is not None
    shown = showing.reviewed(version, kind.shuffled(version.content, None), None)
    return {**shown, "kind_label": kind.label, "basis": basis.words(version)}


def _words(question: Question) -> str:
    version = question.current
    assert version is not None
    return MARK.sub("____", markup.bare(version.stem, version.markup))


@require_POST
@required(Perm.EXAMS_MANAGE)
def opening(request: HttpRequest, bank: UUID) -> HttpResponse:
    """Examiners: open a bank for practice, or close it."""
    found = get_object_or_404(desk.banks_of(person_of(request)), uuid=bank)
    opened = request.POST.get("open") == "yes"
    open_for_practice(bank=found, opened=opened, by=person_of(request), at=clock.now())
    return redirect("exams:bank", bank)
