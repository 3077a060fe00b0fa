"""Exams of 50 and of 100 questions, and sittings that wait to be handed in."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from courses.actions import publish_plain_course
from courses.enums import HourAccount, Line
from courses.models import Course
from exams import types
from exams.actions import ExamPlan, PlannedRule, add_questions, create_exam, open_bank
from exams.actions.banks import Draft
from exams.models import Attempt, AttemptItem, Exam, QuestionVersion
from exams.rules import normalise
from exams.types import Written

BANK = "生成题库"
QUESTIONS = 300
RULES = {"single": 30, "multiple": 10, "true_false": 10}
LONG, TIMES = "一百题考试", 2  # so many times each rule of the shorter one
PAPERS = 12  # different ones


def create_course(*, at: datetime) -> tuple[Course, Exam]:
    """A course of exams of 50 and of 100 of 300 questions, released at once: handing in one does not complete it."""
    bank = open_bank(name=BANK, unit=None, by=None, at=at)
    add_questions(bank=bank, drafts=[_draft(number) for number in range(QUESTIONS)], by=None, at=at)
    exams = []
    for title, times in {"五十题考试": 1, LONG: TIMES}.items():
        rules = [PlannedRule(bank, count * times, Decimal(2), type=kind) for kind, count in RULES.items()]
        plan = ExamPlan(title=title, unit=None, minutes=90, rules=rules)
        exams.append(create_exam(plan=plan, by=None, at=at))
    course = publish_plain_course(
        code="B50", title=exams[0].title, line=Line.SAFETY, hours=Decimal(1), account=HourAccount.SAFETY,
        lessons=[(exam.title, "exam", str(exam.uuid)) for exam in exams], by=None, at=at,
    )  # fmt: skip
    exams[0].refresh_from_db()
    return course, exams[0]


def sit(enrolments: Sequence[tuple[int, int]], exam: Exam, *, at: datetime) -> list[Attempt]:
    """An open sitting with an answer to every question, most of them right, for each (person, enrolment)."""
    papers = _papers(exam)
    attempts = Attempt.objects.bulk_create(
        Attempt(
            exam=exam,
            person_id=person,
            enrolment_id=enrolment,
            number=1,
            started_at=at,
            deadline=at + timedelta(minutes=exam.minutes),
            max_score=2 * len(papers[0]),
        )
        for person, enrolment in enrolments
    )
    AttemptItem.objects.bulk_create(
        (
            AttemptItem(attempt=attempt, position=position, points=2, answer_version=1, **facts)
            for place, attempt in enumerate(attempts)
            for position, facts in enumerate(papers[place % PAPERS], 1)
        ),
        batch_size=2_000,
    )
    return attempts


def _papers(exam: Exam) -> list[list[dict[str, Any]]]:
    by_type: dict[str, list[QuestionVersion]] = {kind: [] for kind in RULES}
    for version in QuestionVersion.objects.filter(question__bank__name=BANK):
        by_type[version.type].append(version)
    times = TIMES if exam.title == LONG else 1
    papers = []
    for number in range(PAPERS):
        rng = Random(number)
        drawn = [version for kind, count in RULES.items() for version in rng.sample(by_type[kind], count * times)]
        papers.append([_item(version, rng) for version in drawn])
    return papers


def _item(version: QuestionVersion, rng: Random) -> dict[str, Any]:
    kind = types.get(version.type)
    order = kind.shuffled(version.content, rng)
    shown = kind.reviewed(version.content, version.key, order, None)
    wanted = rng.random() < 0.85
    answer = [number for number, option in enumerate(shown) if option.right == wanted]
    return {"version": version, "order": order, "answer": answer if version.type == "multiple" else answer[:1]}


def _draft(number: int) -> Draft:
    stem = f"第 {number} 题：在停电检修的作业现场，工作负责人确认安全措施之后，下列做法中正确的是哪一种？"
    options = {letter: f"做法 {letter}{number}：先验电、再装设接地线，并悬挂标示牌" for letter in "ABCD"}
    share = number % 5  # three single, one multiple, one true or false of five
    name = "多选题" if share == 3 else "判断题" if share == 4 else "单选题"
    kind = types.named(name)
    assert kind is not None
    answers = {"多选题": "ACD"[: 2 + number % 2], "判断题": "正确" if number % 2 else "错误"}
    answer = answers.get(name, "ABCD"[number % 4])
    content, key = kind.written(Written(stem, {} if name == "判断题" else options, answer))
    return Draft(
        type=kind.key,
        stem=stem,
        content=content,
        key=key,
        hash=normalise.identity(kind.key, stem, kind.texts(content)),
        explanation="停电、验电、接地、悬挂标示牌和装设遮栏，顺序不能改变。",
        basis_document="电力安全工作规程",
        basis_clause="第四章",
    )
