"""Item analysis of a large exam: what the worker does with 10,000 attempts of 100 questions."""

import time
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from django.db import connection

from benchmarks import papers
from benchmarks.measure import Row
from exams import types
from exams.actions import analyse_waiting, create_exam, order_analysis
from exams.actions.create import ExamPlan, PlannedRule
from exams.models import Attempt, AttemptItem, Exam, QuestionBank, QuestionVersion
from lms.records.models import Enrolment

NAME = "analysis, 10,000 attempts × 100 questions"
ATTEMPTS, QUESTIONS = 10_000, 100
WRITTEN = 200  # papers answered one by one; the other attempts answer like one of these
AIM = 5_000  # milliseconds


def analysis(*, at: datetime, say: Callable[[str], None]) -> Row:
    """From the order to the stored result: CPU time of the worker, and the clock as p50."""
    say(f"adding {ATTEMPTS:,} attempts …")
    exam = _exam(at)
    _sit(exam, at)
    order = order_analysis(exam=exam, which="first", by=None, at=at)
    begun, spent = time.monotonic(), time.process_time()
    analyse_waiting(at=at)
    spent, taken = time.process_time() - spent, time.monotonic() - begun
    order.refresh_from_db()
    failed = "" if order.analysis and order.analysis.attempts == ATTEMPTS else "no result"
    return Row(NAME, AIM, 1000 * spent, p50=1000 * taken, failed=failed)


def _exam(at: datetime) -> Exam:
    bank = QuestionBank.objects.get(name=papers.BANK)
    rules = [PlannedRule(bank, QUESTIONS, Decimal(1))]
    return create_exam(plan=ExamPlan(title="百题考试", unit=None, minutes=90, rules=rules), by=None, at=at)


def _sit(exam: Exam, at: datetime) -> None:
    versions = list(QuestionVersion.objects.filter(question__bank__name=papers.BANK).order_by("pk")[:QUESTIONS])
    enrolments = list(Enrolment.objects.filter(unit__isnull=False).order_by("pk")[:ATTEMPTS])
    written = [_answered(versions, Random(number)) for number in range(WRITTEN)]
    attempts = Attempt.objects.bulk_create(
        (
            Attempt(
                exam=exam, person_id=enrolment.person_id, enrolment=enrolment, unit_id=enrolment.unit_id, number=1,
                state=Attempt.State.SUBMITTED, started_at=at, deadline=at + timedelta(hours=1), submitted_at=at,
                max_score=QUESTIONS, score=sum(item["score"] for item in written[place % WRITTEN]), passed=True,
            )
            for place, enrolment in enumerate(enrolments)
        ),
        batch_size=2_000,
    )  # fmt: skip
    AttemptItem.objects.bulk_create(
        AttemptItem(attempt=attempt, position=position, points=1, answer_version=1, **facts)
        for attempt, paper in zip(attempts, written, strict=False)
        for position, facts in enumerate(paper, 1)
    )
    _answer_alike([attempt.pk for attempt in attempts])


def _answered(versions: Sequence[QuestionVersion], rng: Random) -> list[dict[str, Any]]:
    able, paper = rng.uniform(0.4, 0.95), []
    for version in versions:
        kind = types.get(version.type)
        order = kind.shuffled(version.content, rng)
        right = rng.random() < able
        lines = kind.reviewed(version.content, version.key, order, None)
        answer = [number for number, line in enumerate(lines) if line.right == right]
        answer = answer if version.type == "multiple" and right else answer[:1]
        paper.append({"version": version, "order": order, "answer": answer, "score": Decimal(int(right))})
    rng.shuffle(paper)
    return paper


def _answer_alike(attempts: Sequence[int]) -> None:
    """Give every further attempt the answers of one of the written ones, in the database."""
    names = ("position", "version_id", '"order"', "points", "answer", "answer_version", "score")
    fields, theirs = ", ".join(names), ", ".join(f"i.{name}" for name in names)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO exams_attemptitem (attempt_id, {fields}) "
            f"SELECT a.id, {theirs} FROM exams_attempt a JOIN exams_attemptitem i "
            "ON i.attempt_id = %s + (a.id - %s) %% %s WHERE a.id BETWEEN %s AND %s",
            [attempts[0], attempts[0], WRITTEN, attempts[WRITTEN], attempts[-1]],
        )
        cursor.execute("ANALYZE")
