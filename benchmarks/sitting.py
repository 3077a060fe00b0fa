"""Cases of exams: start, one answer, handing in, and a whole exam as a phone sits it."""

import json
from collections.abc import Sequence
from functools import partial
from itertools import count
from typing import Any
from uuid import uuid4

from benchmarks import papers
from benchmarks.cases import BARE, Case, Writer, form, post
from benchmarks.clients import Ask, Reply, Script
from benchmarks.population import Learner, Population
from exams.models import Attempt, Exam
from lms.kernel import clock

QUESTIONS = sum(papers.RULES.values())


def cases(population: Population) -> list[Case]:
    exam = Exam.objects.get(uuid=population.exam)
    long = Exam.objects.get(title=papers.LONG)
    sit, sit_long = partial(_sit, exam), partial(_sit, long)
    return [
        Case("start attempt (100 questions drawn)", 15, 12, _starts(long, ""), _starts(long, BARE), people=30),
        Case("answer save", 4, 6, _answers(""), _answers(BARE), prepare=sit),
        Case("submit of 100 questions", 12, 12, _submits(""), _submits(BARE), people=24, prepare=sit_long),
        Case("whole exam, 50 answers saved singly", 300, None, _whole(exam), people=3, requests=QUESTIONS + 5),
    ]


def _starts(exam: Exam, prefix: str) -> Writer:
    def script(learners: Sequence[Learner]) -> Script:
        for learner in learners:
            yield form(learner, f"{prefix}/exams/{exam.uuid}/start/", {}, status=302)

    return script


def _answers(prefix: str) -> Writer:
    """One question after the other, round after round: every answer is a new version of what stood there."""

    def follow(learners: Sequence[Learner], attempts: dict[int, Attempt]) -> Script:
        for seq in count():
            for learner in learners:
                attempt = attempts[learner.pk]
                sent = _answer(str(attempt.holder), seq, seq % QUESTIONS + 1, seq // QUESTIONS + 1)
                yield post(learner, f"{prefix}/exams/sitting/{attempt.uuid}/answer/", sent)

    return lambda learners: follow(learners, _attempts(learners))


def _answer(holder: str, seq: int, item: int, base: int) -> dict[str, Any]:
    sent = {"op_id": str(uuid4()), "seq": seq, "item": item, "base_version": base, "payload": [seq // 50 % 2]}
    return {**sent, "holder": holder}


def _submits(prefix: str) -> Writer:
    def follow(learners: Sequence[Learner], attempts: dict[int, Attempt]) -> Script:
        for learner in learners:
            attempt = attempts[learner.pk]
            yield post(learner, f"{prefix}/exams/sitting/{attempt.uuid}/submit/", {"holder": str(attempt.holder)})

    return lambda learners: follow(learners, _attempts(learners))


def _whole(exam: Exam) -> Writer:
    """Notice, start, paper, 50 answers, hand in and result."""
    notice = f"/exams/{exam.uuid}/"

    def script(learners: Sequence[Learner]) -> Script:
        for learner in learners:
            yield Ask(notice, cookie=learner.cookie)
            started = _got((yield form(learner, f"{notice}start/", {}, status=302)))
            sheet, holding = started.headers["location"], started.cookies[0].partition(";")[0]
            yield Ask(sheet, cookie=f"{learner.cookie}; {holding}")
            holder = holding.partition("=")[2]
            for seq in range(1, QUESTIONS + 1):
                yield post(learner, f"{sheet}answer/", _answer(holder, seq, seq, 0))
            handed_in = _got((yield post(learner, f"{sheet}submit/", {"holder": holder})))
            yield Ask(json.loads(handed_in.body)["redirect"], cookie=learner.cookie)

    return script


def _got(reply: Reply | None) -> Reply:
    assert reply is not None  # a script is sent the reply to what it asked
    return reply


def _sit(exam: Exam, learners: Sequence[Learner]) -> None:
    papers.sit([(learner.pk, learner.enrolments["exam"]) for learner in learners], exam, at=clock.now())


def _attempts(learners: Sequence[Learner]) -> dict[int, Attempt]:
    found = Attempt.objects.in_progress().filter(person__in=[learner.pk for learner in learners])
    return {attempt.person_id: attempt for attempt in found}
