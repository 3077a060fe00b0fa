"""练习: begin, answer one question after the other, see what came of it."""

import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from exams import showing, types
from exams.actions.practice import NothingToPractise, answer_item, start_run
from exams.models import PracticeAnswer, PracticeItem, PracticeRun, WrongItem
from exams.practice import rules
from exams.queries import basis, practice
from exams.queries.practice_plan import Plan
from exams.views import wire
from exams.views.who import person_of
from lms.kernel import clock
from lms.people.login import login_required

never_stored = cache_control(no_store=True, private=True)
Mode = PracticeRun.Mode


@require_POST
@login_required
def start(request: HttpRequest) -> HttpResponse:
    """Begin what the form names; 404 for a bank or a level that is not open to the person."""
    person, at = person_of(request), clock.now()
    plan = _plan(request)
    try:
        run = start_run(plan=plan, by=person, at=at)
    except NothingToPractise:
        messages.info(request, _("There is nothing to practise here now."))
        return redirect("exams:practice")
    return redirect("exams:practice_run", run.uuid)


def _plan(request: HttpRequest) -> Plan:
    sent = {name: request.POST.get(name, "").replace("\0", "")[:100] for name in ("mode", "topic", "type", "bank")}
    mode = sent["mode"] if sent["mode"] in Mode.values else Mode.DAILY
    if mode in (Mode.DAILY, Mode.MISTAKES):
        return Plan(mode)
    bank = get_object_or_404(practice.banks_for(person_of(request)), uuid=_uuid(sent["bank"]))
    if mode == Mode.LEVEL and not _level_is_open(request, bank, sent["topic"]):
        raise Http404
    return Plan(mode, bank, "" if mode == Mode.TYPE else sent["topic"], sent["type"][:20] if mode == Mode.TYPE else "")


def _level_is_open(request: HttpRequest, bank: Any, topic: str) -> bool:
    levels = practice.levels(person_of(request), bank, at=clock.now())
    return any(level.open for level in levels if level.topic.name == topic)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


@require_safe
@login_required
@never_stored
def run(request: HttpRequest, run: UUID) -> HttpResponse:
    """On to the first open question; the result when there is none."""
    found = get_object_or_404(PracticeRun.objects.select_related("bank"), uuid=run, person=person_of(request))
    place = practice.next_open(found)
    if place is not None:
        return redirect("exams:practice_item", found.uuid, place)
    items = practice.items_of(found)
    wrong = [_answered(item) for item in items if not item.answer.right]
    context = {
        "run": found,
        "wrong": wrong,
        "formulas": any(showing.has_formula(str(each.shown)) for each in wrong),
        "back": _home_of(found),
        "share": rules.LEVEL_PASS,
    }
    return render(request, "exams/practice/result.html", {**context, "nav_current": "exams"})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_stored
def item(request: HttpRequest, run: UUID, position: int) -> HttpResponse:
    """One question: asked, or with its answer, explanation and basis. What was answered stays answered."""
    rows = PracticeItem.objects.select_related("run__bank", "version__question", "answer")
    found = get_object_or_404(rows, run__uuid=run, run__person=person_of(request), position=position)
    if request.method == "POST":
        return _take(request, found)
    context: dict[str, Any] = {"item": found, "run": found.run, "nav_current": "exams", "back": _home_of(found.run)}
    if not hasattr(found, "answer"):
        formulas = showing.has_formula(found.version.stem, str(found.version.content))
        context |= {"q": _asked(found), "why": _why(found), "formulas": formulas}
        return render(request, "exams/practice/ask.html", context)
    context["next"] = practice.next_open(found.run, after=position)
    context["book"] = _book(found)
    context["lessons"] = [] if found.answer.right else basis.lessons_on(found.version)
    context["each"] = _answered(found)
    context["formulas"] = showing.has_formula(str(context["each"].shown))
    return render(request, "exams/practice/answered.html", context)


def _take(request: HttpRequest, found: PracticeItem) -> HttpResponseRedirect:
    here = reverse("exams:practice_item", args=[found.run.uuid, found.position])
    if hasattr(found, "answer"):
        return redirect(here)
    try:
        answer_item(item=found, raw=_sent(request), by=person_of(request), at=clock.now())
    except (ValueError, RecursionError):  # among them types.Malformed
        messages.info(request, _("Please choose an answer first"))
    return redirect(here)


def _sent(request: HttpRequest) -> object:
    """What the script made of the answer; without it, the chosen options. Raises ValueError."""
    if payload := request.POST.get("payload", ""):
        return json.loads(payload.replace("\\u0000", "").replace("\0", "")[: wire.LONGEST])
    return [int(each) for each in request.POST.getlist("answer")]


def _asked(item: PracticeItem) -> dict[str, Any]:
    version, kind = item.version, types.get(item.version.type)
    public = types.public(kind, version.content, item.order)
    return showing.asked(kind, version.stem, version.markup, public, None, "answer")


@dataclass(frozen=True)
class Answered:
    """A question with its key, as it was answered."""

    item: PracticeItem
    kind_label: Any
    shown: dict[str, Any]
    answer: PracticeAnswer
    basis: str


def _answered(item: PracticeItem) -> Answered:
    version, kind = item.version, types.get(item.version.type)
    shown = showing.reviewed(version, item.order, item.answer.payload)
    return Answered(item, kind.label, shown, item.answer, basis.words(version))


def _book(item: PracticeItem) -> WrongItem | None:
    """What the book of mistakes says of a question that was practised from it."""
    if item.run.mode != Mode.MISTAKES:
        return None
    return WrongItem.objects.filter(person=item.run.person_id, question=item.version.question_id).first()


def _why(item: PracticeItem) -> dict[str, Any]:
    return {"key": item.why, "topic": item.version.question.topic}


def _home_of(run: PracticeRun) -> str:
    """The page a run was begun from."""
    if run.mode == Mode.MISTAKES:
        return reverse("exams:mistakes")
    if run.bank is None:
        return reverse("exams:practice")
    name = "exams:levels" if run.mode == Mode.LEVEL else "exams:practice_bank"
    return reverse(name, args=[run.bank.uuid])
