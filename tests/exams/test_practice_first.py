"""Practice that an exam asks for before it may be sat."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from exams import actions, rules
from exams.actions import ExamPlan, PlannedRule
from exams.models import Exam, PracticeRun, QuestionBank
from exams.queries import eligibility, mine
from exams.rules import Asks, Studied, WhyNot
from lms.people.models import Person
from tests.exams.conftest import enrolled, single
from tests.exams.practising import answer, answer_all, begin, opened
from tests.exams.sitting import start
from tests.exams.test_changing import shown
from tests.exams.test_desk import exam_form
from tests.exams.test_kinds import refused

pytestmark = pytest.mark.django_db


def practise(person: Person, bank: QuestionBank, at: datetime, right: int) -> PracticeRun:
    """Six questions of one type, so many of them right."""
    run = begin(person, at, PracticeRun.Mode.TYPE, bank, type="single")
    return answer_all(run, at, right=right)


def notice(client: Client, exam: Exam) -> str:
    return client.get(reverse("exams:notice", args=[exam.uuid])).content.decode()


@pytest.fixture
def asking(bank: QuestionBank, make_exam: Callable[..., Exam], li_zhendong: Person, at: datetime) -> Exam:
    """An exam for which five of six questions practised have to be known; 李振东 is to sit it."""
    opened(bank, at)
    exam = make_exam(practice_first=80, practice_answers=6)
    enrolled(exam, li_zhendong, at)
    return exam


def test_too_few_questions_practised_are_told_with_the_way_to_practise(
    asking: Exam, bank: QuestionBank, li_zhendong: Person, client_of: Callable[[Person], Client], at: datetime
) -> None:
    run = begin(li_zhendong, at, PracticeRun.Mode.TYPE, bank, type="single")
    answer(run, 1, at, right=True)
    assert refused(asking, li_zhendong, at) is WhyNot.PRACTICE_SHORT
    page = notice(client_of(li_zhendong), asking)
    assert "您已练习 1 题，须练习至少 6 题" in page
    assert reverse("exams:practice_bank", args=[bank.uuid]) in page


def test_too_many_wrong_answers_are_told_in_percent(
    asking: Exam, bank: QuestionBank, li_zhendong: Person, client_of: Callable[[Person], Client], at: datetime
) -> None:
    practise(li_zhendong, bank, at, right=4)
    assert refused(asking, li_zhendong, at) is WhyNot.PRACTICE_SHORT
    page = notice(client_of(li_zhendong), asking)
    assert "您的练习正确率为 66 %，须达到 80 %" in page
    assert client_of(li_zhendong).post(reverse("exams:start", args=[asking.uuid])).headers["Location"] == reverse(
        "exams:notice", args=[asking.uuid]
    )


def test_the_last_answer_to_a_question_counts(
    asking: Exam, bank: QuestionBank, li_zhendong: Person, at: datetime
) -> None:
    practise(li_zhendong, bank, at, right=4)
    practise(li_zhendong, bank, at + timedelta(hours=1), right=6)
    start(asking, li_zhendong, at + timedelta(hours=2))


def test_practice_of_more_than_a_year_ago_opens_nothing(
    asking: Exam, bank: QuestionBank, li_zhendong: Person, at: datetime
) -> None:
    practise(li_zhendong, bank, at, right=6)
    assert refused(asking, li_zhendong, at + eligibility.LOOKS_BACK) is WhyNot.PRACTICE_SHORT


def test_chosen_banks_stand_in_for_those_of_the_papers(
    bank: QuestionBank,
    make_exam: Callable[..., Exam],
    li_zhendong: Person,
    client_of: Callable[[Person], Client],
    at: datetime,
) -> None:
    other = opened(actions.open_bank(name="安规练习题库", unit=bank.unit, by=None, at=at), at)
    actions.add_questions(bank=other, drafts=[single(n) for n in range(20, 26)], by=None, at=at)
    exam = make_exam(practice_first=80, practice_answers=6, practice_banks=[other])
    enrolled(exam, li_zhendong, at)
    page = notice(client_of(li_zhendong), exam)
    assert reverse("exams:practice_bank", args=[other.uuid]) in page
    assert reverse("exams:practice_bank", args=[bank.uuid]) not in page
    practise(li_zhendong, opened(bank, at), at, right=6)
    assert refused(exam, li_zhendong, at) is WhyNot.PRACTICE_SHORT
    practise(li_zhendong, other, at, right=6)
    start(exam, li_zhendong, at)


def test_whoever_cannot_practise_is_told_so(
    asking: Exam, bank: QuestionBank, li_zhendong: Person, client_of: Callable[[Person], Client], at: datetime
) -> None:
    QuestionBank.objects.update(open_for_practice=False)
    assert "目前没有对您开放的练习题库，请联系考试管理员。" in notice(client_of(li_zhendong), asking)


def test_an_exam_asks_for_no_practice_that_nobody_can_do(
    bank: QuestionBank, make_exam: Callable[..., Exam], exam: Exam, ma_yue: Person, at: datetime
) -> None:
    with pytest.raises(actions.NothingOpen):
        make_exam(practice_first=80)
    plan = ExamPlan(
        "安规考试", bank.unit, 30, [PlannedRule(bank, 1, exam.blueprint.rules.all()[0].points)], practice_first=80
    )
    with pytest.raises(actions.NothingOpen):
        actions.change_exam(exam=exam, plan=plan, by=ma_yue, at=at)


def test_examiners_set_it_and_change_it(
    bank: QuestionBank, ma_yue: Person, client_of: Callable[[Person], Client], at: datetime
) -> None:
    desk, asks = client_of(ma_yue), {"practice_first": "80", "practice_answers": "30"}
    refusal = desk.post(reverse("exams:create"), exam_form(bank, **asks)).content.decode()
    assert "这些题库都没有开放练习" in refusal
    opened(bank, at)
    desk.post(reverse("exams:create"), exam_form(bank, **asks, practice_banks=str(bank.pk)))
    exam = Exam.objects.get()
    assert (exam.practice_first, exam.practice_answers, list(exam.practice_banks.all())) == (80, 30, [bank])
    assert "至少 30 题，正确率达到 80 %" in desk.get(reverse("exams:exam", args=[exam.uuid])).content.decode()
    sent = shown(desk, exam) | {
        "practice_first": "70",
        "practice_answers": "20",
        "practice_banks": [],
        "protection": "1",
    }
    desk.post(reverse("exams:change", args=[exam.uuid]), sent)
    exam.refresh_from_db()
    assert (exam.practice_first, exam.practice_answers, exam.practice_banks.count()) == (70, 20, 0)
    assert exam.protection == Exam.Protection.ONLINE


def test_many_exams_that_ask_read_no_more_than_one(
    bank: QuestionBank,
    make_exam: Callable[..., Exam],
    li_zhendong: Person,
    at: datetime,
    statements: Callable[..., Any],
) -> None:
    opened(bank, at)
    for n in range(4):
        exam = make_exam(practice_first=80, practice_banks=[bank] if n % 2 else [])
        enrolled(exam, li_zhendong, at)
    with statements(at_most=8):
        assert len(mine.my_exams(li_zhendong, at=at).later) == 4


@pytest.mark.parametrize(
    ("asks", "studied", "reason"),
    [
        (Asks(accuracy=80, questions=20), Studied(practised=19, known=19), WhyNot.PRACTICE_SHORT),
        (Asks(accuracy=80, questions=20), Studied(practised=20, known=15), WhyNot.PRACTICE_SHORT),
        (Asks(accuracy=80, questions=20), Studied(practised=20, known=16), None),
        (Asks(accuracy=80, questions=3), Studied(practised=999, known=799), WhyNot.PRACTICE_SHORT),  # 79.98 is not 80
        (Asks(accuracy=100, questions=0), Studied(), WhyNot.PRACTICE_SHORT),
        (Asks(minutes=45, accuracy=80), Studied(), WhyNot.HOURS_SHORT),
    ],
)
def test_how_much_practice_is_enough(asks: Asks, studied: Studied, reason: WhyNot | None) -> None:
    assert rules.why_not_eligible(asks, studied) is reason
