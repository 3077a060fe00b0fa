"""Markers: what there is to mark, and one answer after the other, of nobody they know."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from exams import actions, pieces, queries
from exams.models import AttemptItem, Exam, Marking, MarkingLease
from exams.queries import desk
from exams.queries import marking as shown
from exams.rules import marking
from exams.views.who import person_of
from lms.kernel import clock
from lms.people.access import Perm, required
from lms.people.models import Person

LONGEST_COMMENT = 1000


@require_safe
@required(Perm.EXAMS_MANAGE)
def exam_list(request: HttpRequest) -> HttpResponse:
    rows = shown.exams_to_mark(person_of(request), at=clock.now())
    return render(request, "exams/marking/list.html", {"rows": rows, "nav_current": "exams"})


@require_safe
@required(Perm.EXAMS_MANAGE)
def question_list(request: HttpRequest, exam: UUID) -> HttpResponse:
    found = get_object_or_404(desk.exams_of(person_of(request)), uuid=exam)
    rows = shown.questions_to_mark(person_of(request), found, at=clock.now())
    return render(request, "exams/marking/questions.html", {"exam": found, "rows": rows, "nav_current": "exams"})


@require_POST
@required(Perm.EXAMS_MANAGE)
def take_next(request: HttpRequest, exam: UUID, question: UUID) -> HttpResponse:
    found = get_object_or_404(desk.exams_of(person_of(request)), uuid=exam)
    return _next(request, found, question)


def _next(request: HttpRequest, exam: Exam, question: UUID) -> HttpResponse:
    """On to an answer that nobody else has in hand."""
    person, at = person_of(request), clock.now()
    waiting = shown.to_mark(person, at=at).filter(attempt__exam=exam, version__question__uuid=question)
    taken = next((item for item in waiting[:20] if actions.take(item=item, by=person, at=at)), None)
    if taken is None:
        messages.info(request, _("Nothing of this question is left for you to mark now."))
        return redirect("exams:marking_exam", exam.uuid)
    return redirect("exams:marking_answer", taken.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@required(Perm.EXAMS_MANAGE)
def answer(request: HttpRequest, item: int) -> HttpResponse:
    """One answer: to mark for whoever has it in hand, to look at for whoever has marked it."""
    rows = shown.marked_by_people(person_of(request))
    found = get_object_or_404(rows.select_related("attempt__exam", "version__question"), pk=item)
    typed: list[str] = []
    wrong = None
    if request.method == "POST":
        typed = [request.POST.get(f"points-{n}", "") for n, _each in enumerate(queries.criteria(found))]
        try:
            return _marked(request, found, typed)
        except marking.BadPoints as error:
            wrong = error.index
    return render(request, "exams/marking/answer.html", _context(person_of(request), found, typed, wrong))


def _marked(request: HttpRequest, item: AttemptItem, typed: list[str]) -> HttpResponse:
    given = marking.read_points(typed, queries.criteria(item))
    comment = request.POST.get("comment", "").replace("\0", "").strip()[:LONGEST_COMMENT]
    try:
        with transaction.atomic():
            held = shown.locked(item.pk)
            actions.mark(item=held, given=given, comment=comment, by=person_of(request), at=clock.now())
    except actions.NotInHand:
        messages.error(request, _("Not saved: this answer is no longer in your hands."))
        return redirect("exams:marking_exam", item.attempt.exam.uuid)
    messages.success(request, _("Marked."))
    return _next(request, item.attempt.exam, item.version.question.uuid)


def _context(person: Person, item: AttemptItem, typed: list[str], wrong: int | None) -> dict[str, Any]:
    at, exam, question = clock.now(), item.attempt.exam, item.version.question
    marks = list(Marking.objects.filter(item=item).select_related("marker"))
    own = next((mark for mark in marks if mark.marker_id == person.pk), None)
    lease = MarkingLease.objects.filter(item=item, marker=person, until__gt=at).first()
    rule = queries.marking_rule(exam, item.points)
    round = marking.next_round([marking.Mark(mark.round, mark.points) for mark in marks], rule)
    return {
        "item": item,
        "exam": exam,
        "question": question,
        "kind": pieces.kind_of(item),
        "alias": marking.alias(item.attempt.uuid),
        "stem": pieces.stem(item),
        "pieces": pieces.pieces(item, own.given if own else typed, wrong),
        "own": own,
        "lease": None if own else lease,
        "round": Marking.Rounds(round).label if round else "",
        "others": marks if round == marking.Round.ARBITRATION and own is None else [],
        "progress": next(
            (row for row in shown.questions_to_mark(person, exam, at=at) if row.key == question.uuid), None
        ),
        "previous": shown.marked_before(person, item, own),
        "nav_current": "exams",
    }
