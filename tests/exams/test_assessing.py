"""Practical assessments: an assessor fills in score sheets, and the result is one like any other."""

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from exams import actions, queries
from exams.actions import PlannedRule
from exams.actions.banks import Draft
from exams.models import Attempt, Exam, Marking, QuestionBank
from exams.queries import marking as queue
from exams.rules import WhyNot
from exams.rules.normalise import identity
from lms.people.models import Person
from lms.records.models import Enrolment
from tests.exams.conftest import Taker, enrolled
from tests.exams.sitting import hand_in, start

pytestmark = pytest.mark.django_db
ITEMS = [{"text": "验电", "points": "40", "key": True}, {"text": "接地", "points": "60", "key": False}]


@pytest.fixture
def exam(make_exam: Callable[..., Exam], bank: QuestionBank, at: datetime) -> Exam:
    """One score sheet of 100 points, worth 10."""
    draft = Draft("score_sheet", "停电操作", {"items": ITEMS}, {}, identity("score_sheet", "停电操作", ["验电"]))
    actions.add_questions(bank=bank, drafts=[draft], by=None, at=at)
    return make_exam(rules=[PlannedRule(bank, 1, Decimal(10), "score_sheet")])


@pytest.fixture
def desk(ma_yue: Person, client_of: Callable[[Person], Client]) -> Client:
    return client_of(ma_yue)


def begun(desk: Client, exam: Exam, taker: Taker) -> str:
    people = reverse("exams:assess", args=[exam.uuid])
    assert taker.person.name in desk.get(people).content.decode()
    answer = desk.post(reverse("exams:assess_begin", args=[exam.uuid, taker.enrolment.uuid]))
    return str(answer.headers["Location"])


def test_an_assessor_gives_points_and_the_course_is_done(desk: Client, exam: Exam, taker: Taker) -> None:
    page = begun(desk, exam, taker)
    assert "关键项" in desk.get(page).content.decode()
    desk.post(page, {"points-1-0": "40", "points-1-1": "45", "note": "监护人在场，已签名"})
    attempt = Attempt.objects.get()
    assert (attempt.score, attempt.passed) == (Decimal("8.5"), True)
    assert Enrolment.objects.get(pk=taker.enrolment.pk).state == Enrolment.State.COMPLETED
    assert Marking.objects.get().comment == "监护人在场，已签名"
    assert queries.recomputed(attempt).points == attempt.score
    assert desk.get(page).status_code == 404


def test_a_failed_key_item_fails_it_all(desk: Client, exam: Exam, taker: Taker) -> None:
    desk.post(begun(desk, exam, taker), {"points-1-0": "0", "points-1-1": "60"})
    attempt = Attempt.objects.get()
    assert (attempt.score, attempt.passed) == (Decimal(0), False)


def test_bad_points_come_back_and_nothing_is_handed_in(desk: Client, exam: Exam, taker: Taker) -> None:
    page = begun(desk, exam, taker)
    html = desk.post(page, {"points-1-0": "41", "points-1-1": "60", "note": "签名"}).content.decode()
    assert "请填写 0 至 40 分" in html and 'value="41"' in html and "签名" in html
    assert Attempt.objects.get().state == Attempt.State.IN_PROGRESS


def test_nobody_begins_a_practical_assessment_alone(
    exam: Exam, taker: Taker, desk: Client, client_of: Callable[[Person], Client], at: datetime
) -> None:
    phone = client_of(taker.person)
    with pytest.raises(actions.NotAllowed) as refusal:
        start(exam, taker.person, at)
    assert refusal.value.reason is WhyNot.ASSESSED
    notice = reverse("exams:notice", args=[exam.uuid])
    for page in (notice, reverse("exams:list")):
        assert "由考评员现场开始并填写评分表" in phone.get(page).content.decode()
    assert "开始考试" not in phone.get(notice).content.decode()
    assert phone.post(reverse("exams:start", args=[exam.uuid])).headers["Location"] == notice
    assert not Attempt.objects.exists()


def test_while_the_assessor_fills_it_in_the_taker_cannot_hand_it_in(
    exam: Exam, taker: Taker, desk: Client, client_of: Callable[[Person], Client]
) -> None:
    begun(desk, exam, taker)
    phone, attempt = client_of(taker.person), Attempt.objects.get()
    notice = reverse("exams:notice", args=[exam.uuid])
    assert "考评员正在填写评分表" in phone.get(notice).content.decode()
    assert notice in phone.get(reverse("exams:list")).content.decode()
    sheet = reverse("exams:sheet", args=[attempt.uuid])
    assert phone.get(sheet).headers["Location"] == notice
    assert phone.post(reverse("exams:takeover", args=[attempt.uuid])).headers["Location"] == sheet
    after = Attempt.objects.get()
    assert (after.holder, after.state) == (attempt.holder, Attempt.State.IN_PROGRESS)


def test_in_a_session_the_assessor_needs_no_code(
    desk: Client, exam: Exam, taker: Taker, ma_yue: Person, client_of: Callable[[Person], Client], at: datetime
) -> None:
    plan = actions.SessionPlan("实操场", "训练场", 5, at - timedelta(hours=1), at + timedelta(hours=2))
    session = actions.plan_session(exam=exam, plan=plan, invigilators=[ma_yue], by=ma_yue, at=at)
    [seat] = actions.seat_people(session=session, enrolments=[taker.enrolment], by=ma_yue, at=at)
    page = client_of(taker.person).get(reverse("exams:notice", args=[exam.uuid])).content.decode()
    assert "由考评员现场开始并填写评分表" in page and 'name="code"' not in page and "训练场" in page
    begun(desk, exam, taker)
    assert Attempt.objects.get().seat == seat


def test_who_sat_a_mixed_paper_is_assessed_afterwards_and_not_in_the_anonymous_queue(
    desk: Client, exam: Exam, bank: QuestionBank, make_exam: Callable[..., Exam], li_zhendong: Person, ma_yue: Person,
    at: datetime,
) -> None:  # fmt: skip
    rules = [PlannedRule(bank, 1, Decimal(10), "score_sheet"), PlannedRule(bank, 1, Decimal(0), "single")]
    exam = make_exam(title="理论和实操", rules=rules, shuffle_questions=False)
    enrolled(exam, li_zhendong, at)
    attempt = hand_in(start(exam, li_zhendong, at), at)
    assert attempt.score is None and not queue.to_mark(ma_yue, at=at)
    page = reverse("exams:assess_one", args=[exam.uuid, attempt.uuid])
    assert page in desk.get(reverse("exams:assess", args=[exam.uuid])).content.decode()
    desk.post(page, {"points-1-0": "40", "points-1-1": "60"})
    attempt.refresh_from_db()
    assert attempt.score == 10


def test_nobody_assesses_themselves(desk: Client, exam: Exam, ma_yue: Person, at: datetime) -> None:
    own = enrolled(exam, ma_yue, at)
    begin = reverse("exams:assess_begin", args=[exam.uuid, own.enrolment.uuid])
    assert desk.post(begin).status_code == 404
    attempt = actions.begin_assessment(exam=exam, enrolment=own.enrolment, at=at)
    assert desk.get(reverse("exams:assess_one", args=[exam.uuid, attempt.uuid])).status_code == 404
    with pytest.raises(actions.NotInHand):
        actions.assess(attempt=attempt, given={}, note="", by=ma_yue, at=at)


@pytest.mark.parametrize(("text", "found"), [("李振", True), ("0012", True), ("\0", True), ("王", False)])
def test_people_are_found_by_name_and_number(
    desk: Client, exam: Exam, taker: Taker, text: str, found: bool, statements: Any
) -> None:
    html = desk.get(reverse("exams:assess", args=[exam.uuid]), {"q": text}).content.decode()
    assert (taker.person.name in html) == found
