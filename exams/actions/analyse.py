"""Analyse an exam: the order is the work, a worker claims it, counts outside a transaction, stores the result once."""

import logging
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F

from exams.actions.measure import measure
from exams.analysis.answers import Answers
from exams.analysis.collect import UNIT, Collected, Key, collect, most_given
from exams.models import AnalysedItem, AnalysisOrder, Exam, ExamAnalysis, QuestionVersion
from exams.queries import analysis as queries
from exams.statistics import Analysis, ItemFigures, PaperFigures, Why, analyse
from exams.statistics.thirds import bins
from lms.journal import actions as journal
from lms.people.models import Person

logger = logging.getLogger(__name__)

CLAIM = timedelta(minutes=10)  # a worker that has not finished by then is dead; the next one takes over
MAX_TRIES = 3
Tell = Callable[[int], object]  # per cent done


def order_analysis(*, exam: Exam, which: str, by: Person | None, at: datetime) -> AnalysisOrder:
    """Ask for an analysis; the open order of the exam when there is one already."""
    try:
        with transaction.atomic():
            return AnalysisOrder.objects.create(exam=exam, which=which, by=by, asked_at=at, due_at=at)
    except IntegrityError:
        return AnalysisOrder.objects.open().get(exam=exam)


def analyse_waiting(*, at: datetime, limit: int = 3) -> int:
    """Carry out up to `limit` orders whose turn it is; return how many are done."""
    done = 0
    for _ in range(limit):
        order = _claim_next(at)
        if order is None:
            break
        done += _carry_out(order, at)
    return done


def _claim_next(at: datetime) -> AnalysisOrder | None:
    """The order that waits longest, now ours for `CLAIM`. Two workers never both get it."""
    waiting = AnalysisOrder.objects.open().filter(due_at__lte=at).order_by("due_at", "pk")
    for pk, due_at in waiting.values_list("pk", "due_at")[:20]:
        mine = AnalysisOrder.objects.open().filter(pk=pk, due_at=due_at)
        if mine.update(due_at=at + CLAIM, tries=F("tries") + 1, percent=0):
            return AnalysisOrder.objects.select_related("exam", "by").get(pk=pk)
    return None


def _carry_out(order: AnalysisOrder, at: datetime) -> bool:
    mine = AnalysisOrder.objects.open().filter(pk=order.pk, due_at=order.due_at)
    try:
        return analyse_exam(order=order, at=at, tell=lambda percent: mine.update(percent=percent))
    except Exception:  # whatever breaks one analysis must not break the next
        logger.exception("exam %s could not be analysed", order.exam_id)
        if order.tries >= MAX_TRIES:
            mine.update(state=AnalysisOrder.State.FAILED)
        return False


def analyse_exam(*, order: AnalysisOrder, at: datetime, tell: Tell = int) -> bool:
    """Count and store; False when another worker has done it meanwhile."""
    exam, which = order.exam, order.which
    unmarked = queries.unmarked(exam, which)
    sat, totals = queries.sat(exam, which, unmarked)
    rows = queries.reported(queries.answers(exam, which), queries.items(exam, which).count(), tell)
    collected = collect(sat, totals, rows)
    figures = analyse(collected.table)
    tell(90)
    with transaction.atomic():
        made = _store(order, collected, figures, len(unmarked), at)
        mine = AnalysisOrder.objects.open().filter(pk=order.pk, due_at=order.due_at)
        if not mine.update(state=AnalysisOrder.State.DONE, percent=100, analysis=made):
            transaction.set_rollback(True)
            return False
        measure(analysis=made)
        payload = {"exam": exam.pk, "analysis": made.pk, "attempts": made.attempts}
        journal.write("exam-analysed", by=order.by, unit=exam.unit, at=at, payload=payload)
    return True


def _store(order: AnalysisOrder, found: Collected, figures: Analysis, unmarked: int, at: datetime) -> ExamAnalysis:
    analysis = ExamAnalysis.objects.create(
        exam=order.exam,
        which=order.which,
        at=at,
        attempts=len(found.sat),
        unmarked=unmarked,
        paper=as_kept(figures.paper),
        bins=bins(found.table.totals, found.table.maximum),
    )
    versions = QuestionVersion.objects.in_bulk([version for version, _points in found.keys])
    answers = Answers(versions)
    AnalysedItem.objects.bulk_create(
        (
            _item(analysis, number, key, found, one, answers)
            for number, (key, one) in enumerate(zip(found.keys, figures.items, strict=True), 1)
        ),
        batch_size=100,
    )
    return analysis


def _item(
    analysis: ExamAnalysis, number: int, key: Key, found: Collected, figures: ItemFigures, answers: Answers
) -> AnalysedItem:
    offered = answers.offered(key[0]).values()
    counted = {option: [0, 0, 0] for option in offered} | found.responses(key, answers.read)
    return AnalysedItem(
        analysis=analysis,
        number=number,
        version_id=key[0],
        points=Decimal(key[1]) / UNIT,
        attempts=figures.attempts,
        drawn=figures.attempts < len(found.sat),
        facility=figures.facility,
        discrimination=figures.discrimination,
        figures=_with_guess(as_kept(figures), answers.guess(key[0])),
        thirds=found.shares(key),
        sizes=found.sizes(key),
        responses=[[*option, *counts] for option, counts in most_given(counted)],
        units=found.units(key),
    )


def as_kept(figures: ItemFigures | PaperFigures) -> dict[str, Any]:
    """Figures as JSON keeps them."""
    return {**asdict(figures), "undefined": {name: str(why) for name, why in figures.undefined.items()}}


def _with_guess(figures: dict[str, Any], guess: float | None) -> dict[str, Any]:
    if guess is None:
        return {**figures, "guess": None, "undefined": {**figures["undefined"], "guess": str(Why.NO_GUESS)}}
    return {**figures, "guess": guess}
