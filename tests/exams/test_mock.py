"""模拟考试: a formal exam sat for oneself."""

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from exams import actions, queries
from exams.actions import PlannedRule
from exams.actions.mistakes import collect_mistakes
from exams.models import Attempt, Exam, Exposure, QuestionBank, WrongItem
from exams.queries import desk, marking, mine, mock
from exams.rules.drawing import Infeasible
from lms.people.models import Person
from lms.records.models import LessonResult, TrainingRecord
from tests.exams import sitting
from tests.exams.conftest import Taker, enrolled, single
from tests.exams.marked import essay_exam
from tests.exams.practising import opened

pytestmark = pytest.mark.django_db


@transaction.atomic
def begin(exam: Exam, person: Person, at: datetime) -> Attempt:
    enrolment = queries.locked_enrolment(exam=exam, person=person)
    assert enrolment is not None
    return actions.start_mock(exam=exam, person=person, enrolment=enrolment, at=at)[0]


def sat(exam: Exam, person: Person, at: datetime, right: int | None = None) -> Attempt:
    attempt = begin(exam, person, at)
    sitting.answer_all(attempt, at, right=right)
    return sitting.hand_in(attempt, at)


def page(client: Client, exam: Exam) -> str:
    return client.get(reverse("exams:mock", args=[exam.uuid])).content.decode()


@pytest.fixture
def open_bank(bank: QuestionBank, at: datetime) -> QuestionBank:
    return opened(bank, at)


def test_a_mock_exam_is_the_exam_in_number_points_and_time(
    open_bank: QuestionBank, exam: Exam, taker: Taker, at: datetime
) -> None:
    attempt = begin(exam, taker.person, at)
    assert (attempt.max_score, attempt.deadline) == (Decimal(10), at + timedelta(minutes=30))
    kinds = attempt.items.order_by("version__type").values_list("version__type", flat=True)
    assert list(kinds) == ["multiple", "single", "single", "true_false", "true_false"]


def test_it_touches_neither_attempts_nor_records_nor_the_examiners_desk(
    open_bank: QuestionBank, exam: Exam, taker: Taker, ma_yue: Person, at: datetime
) -> None:
    for right in (5, 0, 3):
        assert sat(exam, taker.person, at, right).score == 2 * right
    assert not LessonResult.objects.exists() and not TrainingRecord.objects.exists()
    mine_now = mine.my_exam(exam, taker.enrolment, at=at)
    assert (mine_now.attempts_left, mine_now.why_not) == (1, None)
    assert [one.exam for one in mine.my_exams(taker.person, at=at).now] == [exam]
    assert list(desk.exams_of(ma_yue)) == [exam] and not desk.attempts_of(exam, ma_yue)
    assert not queries.without_attempts(type(taker.enrolment).objects.all())
    sitting.start(exam, taker.person, at)


def test_a_mock_exam_follows_the_exam_when_that_is_changed(
    open_bank: QuestionBank, exam: Exam, taker: Taker, ma_yue: Person, at: datetime
) -> None:
    sat(exam, taker.person, at)
    rules = [PlannedRule(open_bank, 3, Decimal(1), "single")]
    plan = actions.ExamPlan("安规考试", exam.unit, 10, rules)
    changed = actions.change_exam(exam=exam, plan=plan, by=ma_yue, at=at)
    attempt = begin(changed, taker.person, at)
    assert (attempt.number, attempt.items.count(), attempt.deadline) == (2, 3, at + timedelta(minutes=10))


def test_banks_that_are_not_open_are_never_shown(
    bank: QuestionBank,
    make_exam: Callable[..., Exam],
    li_zhendong: Person,
    client_of: Callable[[Person], Client],
    at: datetime,
) -> None:
    practised = opened(actions.open_bank(name="练习题库", unit=bank.unit, by=None, at=at), at)
    actions.add_questions(bank=practised, drafts=[single(n) for n in range(30, 40)], by=None, at=at)
    both = [PlannedRule(practised, 3, Decimal(1), "single"), PlannedRule(bank, 3, Decimal(1), "single")]
    exam = make_exam(rules=both)
    enrolled(exam, li_zhendong, at)
    with pytest.raises(Infeasible):
        begin(exam, li_zhendong, at)
    phone = client_of(li_zhendong)
    assert "没有开放练习的题库，因此不能模拟" in page(phone, exam)
    assert exam.title not in phone.get(reverse("exams:practice")).content.decode()
    door = reverse("exams:mock", args=[exam.uuid])
    assert door not in phone.get(reverse("exams:notice", args=[exam.uuid])).content.decode()
    assert phone.post(door).headers["Location"] == door
    assert not Attempt.objects.exists()


def test_a_compulsory_question_of_a_closed_bank_is_not_shown_either(
    bank: QuestionBank, make_exam: Callable[..., Exam], li_zhendong: Person, at: datetime
) -> None:
    practised = opened(actions.open_bank(name="练习题库", unit=bank.unit, by=None, at=at), at)
    actions.add_questions(bank=practised, drafts=[single(n) for n in range(30, 40)], by=None, at=at)
    secret = bank.questions.all()[0]
    exam = make_exam(rules=[PlannedRule(practised, 3, Decimal(1), "single")], compulsory=[(secret, Decimal(5))])
    enrolled(exam, li_zhendong, at)
    assert mock.why_not(exam, li_zhendong) is mock.WhyNot.CLOSED
    assert not mock.offered(li_zhendong)


def test_fixed_papers_stay_unseen_and_another_one_is_drawn(
    open_bank: QuestionBank, make_exam: Callable[..., Exam], li_zhendong: Person, at: datetime
) -> None:
    exam = make_exam(papers=2)
    enrolled(exam, li_zhendong, at)
    assert begin(exam, li_zhendong, at).paper is None


def test_too_few_questions_are_told(
    open_bank: QuestionBank, exam: Exam, taker: Taker, client_of: Callable[[Person], Client]
) -> None:
    # as `actions.states` does it: out of use, and the bank bears another mark
    open_bank.questions.filter(type="single").update(state="retired")
    QuestionBank.objects.filter(pk=open_bank.pk).update(mark=uuid4())
    assert "开放练习的题库题量不足" in page(client_of(taker.person), exam)


def test_what_people_would_mark_does_not_count(
    open_bank: QuestionBank, make_exam: Callable[..., Exam], li_zhendong: Person, ma_yue: Person, at: datetime
) -> None:
    exam = essay_exam(make_exam, open_bank, at)
    enrolled(exam, li_zhendong, at)
    attempt = begin(exam, li_zhendong, at)
    for item in sitting.items(attempt):
        sitting.save(
            attempt, item.position, "停电" if item.version.type == "essay" else sitting.right_answer(item), at
        )
    done = sitting.hand_in(attempt, at)
    assert (done.score, done.max_score, done.released_at) == (Decimal(2), Decimal(2), at)
    assert not marking.marked_by_people(ma_yue)


def test_mistakes_go_into_the_book_and_exposure_is_not_counted(
    open_bank: QuestionBank, make_exam: Callable[..., Exam], li_zhendong: Person, at: datetime
) -> None:
    exam = make_exam(exposure_limit=1)
    enrolled(exam, li_zhendong, at)
    collect_mistakes(attempt=sat(exam, li_zhendong, at, right=2), at=at)
    assert WrongItem.objects.in_book().filter(person=li_zhendong).count() == 3
    actions.count_exposure(at=at + timedelta(hours=1))
    assert not Exposure.objects.exists()


def test_from_the_hub_to_the_result_and_once_more(
    open_bank: QuestionBank, exam: Exam, taker: Taker, client_of: Callable[[Person], Client], at: datetime
) -> None:
    phone, door = client_of(taker.person), reverse("exams:mock", args=[exam.uuid])
    assert door in phone.get(reverse("exams:practice")).content.decode()
    assert door in phone.get(reverse("exams:notice", args=[exam.uuid])).content.decode()
    sheet = phone.post(door).headers["Location"]
    assert phone.post(door).headers["Location"] == sheet
    assert "模拟考试：安规考试" in phone.get(sheet).content.decode()
    attempt = Attempt.objects.get()
    sitting.answer_all(attempt, attempt.started_at, right=2)
    sitting.hand_in(attempt, attempt.started_at)
    result = phone.get(reverse("exams:result", args=[attempt.uuid])).content.decode()
    assert "本次成绩仅供您参考" in result and door in result
    assert reverse("exams:result", args=[attempt.uuid]) in page(phone, exam)


def test_nobody_sits_a_mock_exam_while_the_exam_itself_runs(
    open_bank: QuestionBank, exam: Exam, taker: Taker, client_of: Callable[[Person], Client]
) -> None:
    phone = client_of(taker.person)
    phone.post(reverse("exams:start", args=[exam.uuid]))
    assert phone.post(reverse("exams:mock", args=[exam.uuid])).headers["Location"] == reverse(
        "exams:mock", args=[exam.uuid]
    )
    assert Attempt.objects.count() == 1
    assert "您正在参加正式考试" in page(phone, exam)
