"""Journey: a key was wrong. Who would change is seen first, then it is applied, and the takers learn of it."""

import re
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal

import pytest
from playwright.sync_api import Page, expect

from exams import actions
from exams.actions import ExamPlan, PlannedRule
from exams.models import Attempt, Exam, ScoreChange
from lms.people.models import OrgUnit, Person
from lms.records.actions import enrol
from tests.exams.conftest import single
from tests.exams.sitting import hand_in, items, save, start
from tests.journeys.conftest import DESK
from tests.journeys.screens import desk_screen, learners_screen
from tests.journeys.served import served
from tests.journeys.stack import Stack
from tests.journeys.visitors import Visit, visit, with_password

pytestmark = pytest.mark.once

__all__ = ["served", "visit"]


@pytest.fixture
def exam(served: Stack, unit: Callable[[str], OrgUnit], at: datetime) -> Exam:
    """Three single choices of two points; four of six points pass."""
    bank = actions.open_bank(name="更正题库", unit=unit("YL"), by=None, at=at)
    actions.add_questions(bank=bank, drafts=[single(number) for number in range(3)], by=None, at=at)
    plan = ExamPlan(
        title="更正考试",
        unit=unit("YL"),
        minutes=60,
        rules=[PlannedRule(bank, 3, Decimal(2), "single")],
        pass_score=60,
    )
    return actions.create_standalone(
        plan=plan, code="", line="safety", hours=Decimal(1), account="safety", by=None, at=at
    )


def sat(exam: Exam, person: Person, chosen: dict[str, int], at: datetime) -> Attempt:
    """Handed in; `chosen`: the option of each question, as the author wrote them down."""
    assert exam.lesson is not None
    enrol(person=person, course=exam.lesson.course, by=None, at=at)
    attempt = start(exam, person, at)
    for item in items(attempt):
        save(attempt, item.position, [item.order.index(chosen[item.version.question.code])], at)
    return hand_in(attempt, at)


def test_a_key_is_corrected_and_a_question_left_out(
    exam: Exam, visit: Visit, li_zhendong: Person, xie_yulan: Person, ma_yue: Person, at: datetime
) -> None:
    """李振东 chose what turns out to be right, 谢玉兰 what the wrong key asked for."""
    gains = sat(exam, li_zhendong, {"D0": 1, "D1": 0, "D2": 2}, at)
    loses = sat(exam, xie_yulan, {"D0": 0, "D1": 0, "D2": 2}, at)
    assert (gains.passed, loses.passed) == (False, True)
    with_password(li_zhendong, xie_yulan, ma_yue)
    desk = visit(ma_yue, DESK)
    choose(desk, exam, "单选第 0 题")
    desk.get_by_label("另一答案正确").check()
    desk.get_by_role("checkbox", name="A. 正确0").uncheck()
    desk.get_by_role("checkbox", name="B. 错误甲0").check()
    forecast(desk, "规程已修订", ["李振东", "2/6 → 4/6", "谢玉兰", "4/6 → 2/6", "2 / 2 份成绩将有变动"])
    assert not ScoreChange.objects.exists()
    apply(desk)
    keep(desk, exam)
    learn(visit(li_zhendong), "4 分", "已通过")
    choose(desk, exam, "单选第 2 题")
    desk.get_by_label("本题不计分").check()
    forecast(desk, "超出考试范围", ["李振东", "4/6 → 4/4", "谢玉兰", "2/6 → 2/4"])
    apply(desk)
    facts: dict[str, tuple[object, ...]] = {}
    facts |= {one.person.name: (one.score, one.max_score, one.passed) for one in Attempt.objects.all()}
    assert facts == {"李振东": (4, 4, True), "谢玉兰": (2, 4, True)}
    phone = visit(li_zhendong)
    phone.goto(f"/exams/result/{gains.uuid}/")
    expect(phone.get_by_role("main")).to_contain_text("本题不计分")
    found = learners_screen(phone, "corrected result")
    assert not found, "\n".join(found)


def choose(desk: Page, exam: Exam, stem: str) -> None:
    desk.goto(f"/desk/exams/{exam.uuid}/")
    desk.get_by_role("link", name="试题更正").click()
    found = desk_screen(desk, "corrections")
    desk.get_by_role("main").locator("section").last.get_by_role("link", name=re.compile(stem)).click()
    assert not found, "\n".join(found)


def forecast(desk: Page, reason: str, words: list[str]) -> None:
    desk.get_by_label("原因").fill(reason)
    desk.get_by_role("button", name="查看哪些人会变动").click()
    shown = desk.locator("#forecast")
    for word in words:
        expect(shown).to_contain_text(word)
    found = desk_screen(desk, "forecast")
    assert not found, "\n".join(found)


def apply(desk: Page) -> None:
    desk.get_by_role("button", name="执行更正").click()
    expect(desk.get_by_text("已重新计分 2 份")).to_be_visible()
    found = desk_screen(desk, "correction")
    assert not found, "\n".join(found)


def keep(desk: Page, exam: Exam) -> None:
    """The pass that is in question now."""
    desk.goto(f"/desk/exams/{exam.uuid}/corrections/")
    card = desk.locator("li.card", has_text="谢玉兰")
    expect(card).to_be_visible()
    found = desk_screen(desk, "pass in question")
    card.get_by_label("原因").fill("按考试当时的规程作答")
    card.get_by_role("button", name="保留通过").click()
    expect(card).to_have_count(0)
    assert not found, "\n".join(found)


def learn(phone: Page, points: str, verdict: str) -> None:
    phone.goto("/notices/")
    phone.locator(".row-title", has_text="成绩有变动：更正考试").click()
    phone.wait_for_url("**/exams/result/**")
    expect(phone.locator(".score-verdict")).to_have_text(verdict)
    expect(phone.locator(".score-figure")).to_contain_text(points.split()[0])
    phone.locator("details.accordion summary").first.click()  # the questions that are right now
    expect(phone.get_by_text("本题答案已更正")).to_be_visible()
