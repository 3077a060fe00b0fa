"""缓考, 缺考 and 补考: who sits later, who was absent, and who may make an exam up."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from exams import actions, rules
from exams.actions.sessions import InUse
from exams.models import Attempt, Deferral, Exam, ExamSession, Seat
from exams.queries import deferrals, make_up, mine, seating
from exams.rules import Attendance, Place, WhyNot
from lms.people.models import Person
from lms.records.models import LessonResult
from tests.exams.conftest import Taker, enrolled
from tests.exams.sitting import answer_all, hand_in, start

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def seat(exam: Exam, taker: Taker, ma_yue: Person, at: datetime) -> Seat:
    """李振东's, in a session that begins in an hour."""
    plan = actions.SessionPlan("第一场", "三楼机房", 9, at + HOUR, at + 2 * HOUR)
    session = actions.plan_session(exam=exam, plan=plan, invigilators=[ma_yue], by=ma_yue, at=at)
    return actions.seat_people(session=session, enrolments=[taker.enrolment], by=ma_yue, at=at)[0]


@pytest.fixture
def phone(taker: Taker, client_of: Callable[[Person], Client]) -> Client:
    return client_of(taker.person)


@pytest.fixture
def desk(ma_yue: Person, client_of: Callable[[Person], Client]) -> Client:
    return client_of(ma_yue)


def notice(phone: Client, exam: Exam) -> str:
    return phone.get(reverse("exams:notice", args=[exam.uuid])).content.decode()


def failed(exam: Exam, taker: Taker, at: datetime) -> Attempt:
    attempt = start(exam, taker.person, at)
    answer_all(attempt, at, right=0)
    return hand_in(attempt, at)


@pytest.mark.parametrize(
    ("minutes", "facts", "state"),
    [
        (10, {}, Attendance.EXPECTED),
        (16, {}, Attendance.ABSENT),
        (16, {"deferred": True}, Attendance.DEFERRED),
        (16, {"entered": True}, Attendance.ENTERED),
        (61, {"entered": True}, Attendance.ABSENT),
        (61, {"started": True}, Attendance.SITTING),
        (61, {"started": True, "finished": True}, Attendance.SAT),
    ],
)
def test_how_somebody_stands_is_derived(minutes: int, facts: dict, state: Attendance, at: datetime) -> None:
    place = Place(at, at + HOUR, 15, 15, entered=facts.pop("entered", False))
    asked = {"started": False, "finished": False, **facts}
    assert rules.attendance(place, at=at + timedelta(minutes=minutes), **asked) is state


def test_whoever_is_let_to_sit_later_loses_the_seat_and_is_not_absent(
    exam: Exam, seat: Seat, taker: Taker, phone: Client, desk: Client, ma_yue: Person, at: datetime
) -> None:
    assert "申请缓考" in notice(phone, exam)
    ask = reverse("exams:defer", args=[exam.uuid])
    assert "第一场" in phone.get(ask).content.decode()
    for _ in range(2):
        phone.post(ask, {"reason": "on_duty", "note": "连续值班至周五"})
    asked = Deferral.objects.get()
    assert "缓考申请待审批" in notice(phone, exam)
    listed = reverse("exams:deferrals", args=[exam.uuid])
    assert "连续值班至周五" in desk.get(listed).content.decode()
    decide = reverse("exams:decide_deferral", args=[exam.uuid, asked.uuid])
    desk.post(decide, {"refuse": "1", "answer": ""})
    asked.refresh_from_db()
    assert asked.state == Deferral.State.PENDING
    desk.post(decide, {"approve": "1"})
    seat.refresh_from_db()
    assert seat.vacated_at and "已批准缓考" in notice(phone, exam)
    assert not make_up.absent(exam, ma_yue, at=at + 9 * HOUR).exists()
    assert list(seating.candidates(exam, ma_yue)) == [taker.enrolment]
    desk.post(decide, {"refuse": "1", "answer": "反悔"})
    asked.refresh_from_db()
    assert asked.state == Deferral.State.APPROVED


def test_who_is_refused_is_told_why_and_keeps_the_seat(
    exam: Exam, seat: Seat, phone: Client, desk: Client, at: datetime
) -> None:
    phone.post(reverse("exams:defer", args=[exam.uuid]), {"reason": "other"})
    asked = Deferral.objects.get()
    decide = reverse("exams:decide_deferral", args=[exam.uuid, asked.uuid])
    desk.post(decide, {"refuse": "1", "answer": "请安排换班"})
    page = notice(phone, exam)
    assert "缓考未获批准" in page and "请安排换班" in page and "三楼机房 · 1 号" in page
    phone.post(reverse("exams:defer", args=[exam.uuid]), {"reason": "illness"})
    assert Deferral.objects.count() == 2
    assert deferrals.mine(exam, seat.enrolment).state == "pending"  # type: ignore[union-attr]


def test_nobody_defers_what_they_have_begun(seat: Seat, taker: Taker, ma_yue: Person, at: datetime) -> None:
    asked = actions.ask_deferral(seat=seat, reason="illness", note="", by=taker.person, at=at)
    Attempt.objects.create(
        exam=seat.exam, person=taker.person, enrolment=taker.enrolment, number=1, seat=seat,
        started_at=at, deadline=at + HOUR, max_score=1,
    )  # fmt: skip
    with pytest.raises(InUse), transaction.atomic():
        actions.decide_deferral(deferral=asked, approve=True, answer="", by=ma_yue, at=at)
    asked.refresh_from_db()
    assert asked.state == Deferral.State.PENDING
    with pytest.raises(actions.TooLate):
        actions.ask_deferral(seat=seat, reason="illness", note="", by=taker.person, at=at)


def test_the_list_holds_those_who_failed_and_those_who_were_absent(
    make_exam: Callable[..., Exam], li_zhendong: Person, xie_yulan: Person, ma_yue: Person, desk: Client,
    make_person: Any, client_of: Any, at: datetime, move_clock: Any,
) -> None:  # fmt: skip
    exam = make_exam(closes_at=at + HOUR)
    bad, away = enrolled(exam, li_zhendong, at), enrolled(exam, xie_yulan, at)
    good = enrolled(exam, make_person("00770001", "合格者", "YL1301"), at)
    failed(exam, bad, at)
    passing = start(exam, good.person, at)
    answer_all(passing, at)
    hand_in(passing, at)
    assert not make_up.absent(exam, ma_yue, at=at).exists()
    move_clock(2 * 3600)
    page = desk.get(reverse("exams:make_up", args=[exam.uuid])).content.decode()
    assert "李振东" in page and "谢玉兰" in page and "合格者" not in page
    answer: Any = desk.post(reverse("exams:make_up", args=[exam.uuid]), {"title": "补考", "max_attempts": 1})
    made = Exam.objects.get(kind="make_up")
    assert answer.url == reverse("exams:entrants", args=[made.uuid])
    assert dict(made.entrants.values_list("enrolment", "why")) == {
        bad.enrolment.pk: "failed",
        away.enrolment.pk: "absent",
    }
    phone = client_of(li_zhendong)
    assert "去补考" in notice(phone, exam) and "补考" in phone.get(reverse("exams:list")).content.decode()
    attempt = start(Exam.objects.select_related("blueprint", "lesson").get(pk=made.pk), li_zhendong, at + 2 * HOUR)
    answer_all(attempt, at + 2 * HOUR)
    assert hand_in(attempt, at + 2 * HOUR).passed
    assert LessonResult.objects.get(enrolment=bad.enrolment).passed


def test_a_make_up_exam_is_for_its_list_only(
    exam: Exam, taker: Taker, xie_yulan: Person, ma_yue: Person, desk: Client, client_of: Any, at: datetime
) -> None:
    other = enrolled(exam, xie_yulan, at)
    failed(exam, taker, at)
    plan = actions.MakeUpPlan("安规考试（补考）")
    made = actions.plan_make_up(
        original=exam, plan=plan, failed=make_up.failed(exam, ma_yue), absent=[], by=ma_yue, at=at
    )
    with pytest.raises(actions.NotAllowed) as refusal:
        start(made, other.person, at)
    assert refusal.value.reason is WhyNot.NOT_LISTED
    assert made not in [one.exam for one in mine.my_exams(other.person, at=at).now]
    address = reverse("exams:entrants", args=[made.uuid])
    assert "不能列入名单" in desk.post(address, {"numbers": "x", "why": "absent"}).content.decode()
    desk.post(address, {"numbers": xie_yulan.staff_no, "why": "absent"})
    assert made in [one.exam for one in mine.my_exams(other.person, at=at).now]
    desk.post(reverse("exams:take_off_list", args=[made.uuid, other.enrolment.uuid]))
    assert list(made.entrants.values_list("enrolment", flat=True)) == [taker.enrolment.pk]
    start(made, taker.person, at)
    desk.post(reverse("exams:take_off_list", args=[made.uuid, taker.enrolment.uuid]))
    assert made.entrants.count() == 1
    with pytest.raises(ValueError):
        actions.plan_make_up(original=made, plan=plan, failed=[], absent=[], by=ma_yue, at=at)


def test_absent_in_a_session_is_absent_unless_there_is_a_later_seat(
    exam: Exam, seat: Seat, taker: Taker, ma_yue: Person, at: datetime
) -> None:
    assert not make_up.absent(exam, ma_yue, at=at + HOUR).exists()
    assert list(make_up.absent(exam, ma_yue, at=at + 3 * HOUR)) == [taker.enrolment]
    later = actions.SessionPlan("第二场", "三楼机房", 9, at + 9 * HOUR, at + 10 * HOUR)
    second = actions.plan_session(exam=exam, plan=later, invigilators=[], by=None, at=at)
    actions.seat_people(session=second, enrolments=[taker.enrolment], by=None, at=at)
    assert ExamSession.objects.count() == 2
    assert not make_up.absent(exam, ma_yue, at=at + 3 * HOUR).exists()
