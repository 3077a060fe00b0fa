"""Journey 3: an examiner imports a bank and opens a random paper of fifty; fifty people sit it at the same time."""

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from exams.models import Answer, Attempt, Exam, Question
from lms.people.models import OrgUnit, Person
from lms.records.models import TrainingRecord
from tests.exams.workbooks import GOOD, workbook
from tests.journeys.exam_room import PASSWORD, attempt_of, in_parallel, make_takers, right_answers, wrong
from tests.journeys.served import served
from tests.journeys.stack import Stack
from tests.takers import Taker

pytestmark = pytest.mark.once

__all__ = ["served"]
PEOPLE, QUESTIONS = 50, 50


@pytest.fixture
def phone(browser: Browser, served: Stack) -> Iterator[Page]:
    """The examiner's phone; whatever its console complains about fails the test."""
    context = browser.new_context(base_url=served.url, viewport={"width": 390, "height": 844}, locale="zh-CN")
    context.set_default_timeout(30_000)
    complaints: list[str] = []
    context.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    yield context.new_page()
    context.close()
    assert not complaints


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Ninety questions, one of them twice."""
    rows = [
        ["单选题", f"第 {number} 题，应当怎么做", f"正确{number}", "错甲", "错乙", "错丙", "A", *GOOD[7:]]
        for number in range(50)
    ]
    for number in range(20):
        rows.append(["多选题", f"第 {number} 题，应当做什么", "甲", "乙", "丙", f"丁{number}", "A、C", *GOOD[7:]])
        rows.append(["判断题", f"第 {number} 题是对的", "", "", "", "", "√×"[number % 2], *GOOD[7:]])
    path = tmp_path / "安规题库.xlsx"
    path.write_bytes(workbook(*rows, rows[0]))
    return path


def test_fifty_people_get_exactly_the_points_they_earned(
    served: Stack, phone: Page, file: Path, ma_yue: Person, unit: Callable[[str], OrgUnit], at: datetime
) -> None:
    ma_yue.set_password(PASSWORD)
    ma_yue.save()
    log_in(phone, ma_yue)
    import_bank(phone, file)
    assert Question.objects.count() == 90
    open_paper(phone)
    exam = Exam.objects.select_related("lesson__course").get()

    takers = make_takers(exam, unit("YL0901"), served.url, at, count=PEOPLE)
    earned = {taker.staff_no: (number * 7) % (QUESTIONS + 1) for number, taker in enumerate(takers)}

    def sit(taker: Taker) -> None:
        taker.log_in()
        taker.start(str(exam.uuid))
        for number, (item, right) in enumerate(sorted(right_answers(taker).items())):
            good = number < earned[taker.staff_no]
            taker.answer(item, right if good else wrong(right, taker.options[item]))
        assert taker.hand_in() == taker.hand_in()

    in_parallel(takers, sit)
    assert {taker.staff_no: attempt_of(taker).score for taker in takers} == earned
    assert Attempt.objects.count() == PEOPLE
    assert Answer.objects.count() == PEOPLE * QUESTIONS
    assert TrainingRecord.objects.count() == sum(points >= QUESTIONS * 0.8 for points in earned.values())
    assert len({tuple(attempt_of(taker).items.values_list("version", flat=True)) for taker in takers}) == PEOPLE
    phone.reload()
    assert phone.get_by_text("0 人未考").is_visible()


def log_in(page: Page, person: Person) -> None:
    page.goto("/accounts/login/")
    page.get_by_label("员工编号").fill(person.staff_no)
    page.get_by_label("密码", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.wait_for_url(lambda url: "/accounts/login" not in url)


def import_bank(page: Page, file: Path) -> None:
    page.goto("/desk/questions/")
    page.get_by_role("link", name="导入试题").first.click()
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_label("新题库名称").fill("安规题库")
    page.get_by_role("button", name="查看文件").click()
    page.get_by_role("button", name="重复").click()
    page.get_by_text("与本文件第 2 行重复").wait_for()
    page.get_by_role("button", name="按选择导入").click()
    page.get_by_role("heading", name="安规题库").wait_for()


def open_paper(page: Page) -> None:
    page.goto("/desk/exams/new/")
    page.get_by_label("考试名称").fill("安规年度普考")
    for row, (kind, number) in enumerate([("single", 30), ("multiple", 10), ("true_false", 10)]):
        page.locator(f"#id_rules-{row}-bank").select_option(label="安规题库")
        page.locator(f"#id_rules-{row}-type").select_option(kind)
        page.locator(f"#id_rules-{row}-count").fill(str(number))
        page.locator(f"#id_rules-{row}-points").fill("1")
    page.get_by_role("button", name="建立考试").click()
    page.get_by_role("heading", name="安规年度普考").wait_for()
    assert page.get_by_text("50 题，共 50 分").is_visible()
