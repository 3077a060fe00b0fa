"""Journey: an essay is marked by two who differ, a third decides, nobody knows whose it is; then it is released."""

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from playwright.sync_api import Locator, Page, expect

from exams import actions
from exams.actions import ExamPlan, PlannedRule
from exams.models import Attempt, Exam, Marking
from lms.people.enums import Role
from lms.people.models import OrgUnit, Person
from lms.records.actions import enrol
from tests.exams.conftest import single
from tests.exams.marked import essay
from tests.journeys.conftest import DESK
from tests.journeys.screens import desk_screen, learners_screen
from tests.journeys.served import served
from tests.journeys.stack import Stack
from tests.journeys.visitors import Visit, visit, with_password

pytestmark = pytest.mark.once

__all__ = ["served", "visit"]
TEXT = "先停电，再验电，最后装设接地线。"


@pytest.fixture
def exam(served: Stack, unit: Callable[[str], OrgUnit], li_zhendong: Person, at: datetime) -> Exam:
    """A single choice of two points and an essay of ten, which two people mark; released in an hour."""
    bank = actions.open_bank(name="论述题库", unit=unit("YL"), by=None, at=at)
    actions.add_questions(bank=bank, drafts=[single(0), essay()], by=None, at=at)
    rules = [PlannedRule(bank, 1, Decimal(2), "single"), PlannedRule(bank, 1, Decimal(10), "essay")]
    plan = ExamPlan(
        title="论述考试", unit=unit("YL"), minutes=60, rules=rules, pass_score=60, shuffle_questions=False,
        second_marker=True, arbitrate_above=20, release_at=at + timedelta(hours=1),
    )  # fmt: skip
    made = actions.create_standalone(
        plan=plan, code="", line="safety", hours=Decimal(1), account="safety", by=None, at=at
    )
    assert made.lesson is not None
    enrol(person=li_zhendong, course=made.lesson.course, by=None, at=at)
    with_password(li_zhendong)
    return made


@pytest.fixture
def markers(make_person: Callable[..., Person]) -> list[Person]:
    found = [make_person(f"0088100{n}", f"阅卷{n}", "YL05", Role.EXAMINER, over="YL") for n in range(3)]
    with_password(*found)
    return found


def test_two_mark_and_a_third_decides(
    exam: Exam, served: Stack, visit: Visit, li_zhendong: Person, markers: list[Person], at: datetime
) -> None:
    phone = visit(li_zhendong)
    write(phone, exam)
    desks = [visit(person, DESK) for person in markers]
    mark(desks[0], [2, 3], "步骤完整")
    mark(desks[1], [0, 1], "缺少验电的方法")
    assert Attempt.objects.get().score is None
    expect(desks[0].get_by_text("本题暂无需要您批阅的答卷")).to_be_visible()
    desks[0].goto(f"/desk/marking/{exam.uuid}/")
    expect(desks[0].get_by_role("button", name="开始阅卷")).to_have_count(0)
    arbitrate(desks[2], ["步骤完整", "缺少验电的方法"])
    assert list(Marking.objects.order_by("round").values_list("points", flat=True)) == [10, 2, 8]
    phone.reload()
    expect(phone.get_by_text("已交卷", exact=True)).to_be_visible()
    expect(phone.get_by_text("步骤完整")).to_have_count(0)
    assert actions.release_due(at=at + timedelta(hours=1, seconds=1)) == 1
    read(phone)


def write(phone: Page, exam: Exam) -> None:
    phone.goto(f"/exams/{exam.uuid}/")
    phone.get_by_role("button", name="开始考试").click()
    phone.wait_for_url("**/exams/sitting/**")
    phone.locator("[data-question]:visible .option label").first.click()
    phone.locator("[data-next]").click()
    phone.locator("textarea").fill(TEXT)
    expect(phone.locator("[data-saved-text]")).to_have_text("已保存")
    phone.locator("[data-opens='answer-card']").click()
    phone.locator("#answer-card [data-hand-in]").click()
    phone.locator("[data-submit]").click()
    phone.wait_for_url("**/exams/result/**")
    expect(phone.get_by_text("部分题目需要人工阅卷")).to_be_visible()
    found = learners_screen(phone, "handed in")
    assert not found, "\n".join(found)


def take(desk: Page) -> Locator:
    """The next answer, found from the list of what is to be marked; nobody's name is on it."""
    desk.goto("/desk/marking/")
    desk.get_by_role("link", name="论述考试").click()
    desk.get_by_role("button", name="开始阅卷").click()
    main = desk.get_by_role("main")
    expect(main).to_contain_text(TEXT)
    expect(main).not_to_contain_text("李振东")
    expect(main).not_to_contain_text("00120039")
    return main


def mark(desk: Page, points: list[int], comment: str) -> None:
    main = take(desk)
    expect(main).not_to_contain_text("步骤完整")
    found = desk_screen(desk, "marking")
    give(desk, points, comment)
    assert not found, "\n".join(found)


def give(desk: Page, points: list[int], comment: str) -> None:
    for number, each in enumerate(points):
        desk.locator(f"#points-{number}").fill(str(each))
    desk.get_by_label("给考生的评语").fill(comment)
    desk.get_by_role("button", name="保存并继续").click()
    expect(desk.get_by_text("已保存评分")).to_be_visible()


def arbitrate(desk: Page, comments: list[str]) -> None:
    main = take(desk)
    for comment in comments:
        expect(main).to_contain_text(comment)
    found = desk_screen(desk, "arbitration")
    give(desk, [2, 2], "验电的方法写得不够")
    assert not found, "\n".join(found)


def read(phone: Page) -> None:
    """From the notice to the result, with what the markers wrote."""
    phone.goto("/notices/")
    phone.locator(".row-title", has_text="成绩已公布：论述考试").click()
    phone.wait_for_url("**/exams/result/**")
    expect(phone.locator(".score-verdict")).to_have_text("已通过")
    expect(phone.get_by_text("验电的方法写得不够")).to_be_visible()
    found = learners_screen(phone, "result with comments")
    assert not found, "\n".join(found)
