"""Whom exams tell what: seats, sessions that move or are called off, deferrals, make-up lists, released results."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from exams import actions
from exams.actions.sessions import InUse
from exams.models import Entrant, Exam, ExamSession, Seat
from lms.journal.actions import deliver
from lms.notices.models import Notice
from lms.notices.rendering import render
from lms.people.models import Person
from tests.exams.conftest import Taker, enrolled
from tests.exams.sitting import hand_in, start

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def plan(at: datetime) -> actions.SessionPlan:
    return actions.SessionPlan("第一场", "三楼机房", 3, at + 24 * HOUR, at + 25 * HOUR)


@pytest.fixture
def session(exam: Exam, plan: actions.SessionPlan, ma_yue: Person, xu_ting: Person, at: datetime) -> ExamSession:
    return actions.plan_session(exam=exam, plan=plan, invigilators=[xu_ting], by=ma_yue, at=at)


@pytest.fixture
def seat(session: ExamSession, taker: Taker, ma_yue: Person, at: datetime) -> Seat:
    return actions.seat_people(session=session, enrolments=[taker.enrolment], by=ma_yue, at=at)[0]


@pytest.fixture
def told(at: datetime) -> Callable[[Person], list[tuple[str, str, str]]]:
    """What somebody is told now: title, body and where it leads; and then it is read."""

    def read(person: Person) -> list[tuple[str, str, str]]:
        deliver(at=at, limit=500)
        mine = list(Notice.objects.unread().filter(person=person).order_by("pk"))
        Notice.objects.filter(pk__in=[each.pk for each in mine]).update(read_at=at)
        return [(one.title, one.body, one.path) for one in (render(each, "zh-hans") for each in mine)]

    return read


Told = Callable[[Person], list[tuple[str, str, str]]]


def test_who_gets_a_seat_learns_when_where_and_what_to_bring(
    seat: Seat, taker: Taker, xu_ting: Person, told: Told
) -> None:
    [(title, body, path)] = told(taker.person)
    assert title == "考试座位已编排：安规考试"
    assert "三楼机房 1 号座位" in body and "开考前 15 分钟" in body and "工作证和充好电的手机" in body
    assert path == f"/exams/{seat.exam.uuid}/"
    [(title, body, path)] = told(xu_ting)
    assert title == "请您监考：安规考试" and "三楼机房" in body and path == "/exams/invigilating/"


def test_who_is_taken_off_before_hearing_of_the_seat_hears_only_that(
    seat: Seat, taker: Taker, ma_yue: Person, told: Told, at: datetime
) -> None:
    actions.vacate(seat=seat, by=ma_yue, at=at)
    [(title, body, _path)] = told(taker.person)
    assert title == "考试座位已取消：安规考试" and "三楼机房" in body


def test_a_session_that_moves_tells_everybody_and_new_invigilators(
    session: ExamSession, seat: Seat, taker: Taker, ma_yue: Person, xu_ting: Person, told: Told, at: datetime
) -> None:
    for person in (taker.person, xu_ting):
        told(person)
    there = actions.SessionPlan("第一场", "培训中心", 3, at + 48 * HOUR, at + 49 * HOUR)
    actions.change_session(session=session, plan=there, invigilators=[xu_ting, ma_yue], by=ma_yue, at=at)
    [(title, body, _path)] = told(taker.person)
    assert title == "考试场次有变动：安规考试" and "培训中心 1 号座位" in body
    [(title, body, path)] = told(xu_ting)
    assert title == "考试场次有变动：安规考试" and "您监考的场次改为" in body and path == "/exams/invigilating/"
    assert [one[0] for one in told(ma_yue)] == ["请您监考：安规考试"]
    more = actions.SessionPlan("第一场", "培训中心", 9, at + 48 * HOUR, at + 49 * HOUR)
    actions.change_session(session=session, plan=more, invigilators=[xu_ting], by=ma_yue, at=at)
    assert not told(taker.person) and not told(xu_ting)


def test_a_session_is_called_off_with_a_reason(
    session: ExamSession, seat: Seat, taker: Taker, ma_yue: Person, xu_ting: Person, told: Told, at: datetime
) -> None:
    for person in (taker.person, xu_ting):
        told(person)
    with pytest.raises(ValueError, match="reason"):
        actions.cancel_session(session=session, reason=" ", by=ma_yue, at=at)
    actions.cancel_session(session=session, reason="台风", by=ma_yue, at=at)
    [(title, body, _path)] = told(taker.person)
    assert title == "考试场次已取消：安规考试" and "原因：台风" in body and "另行编排" in body
    [(_title, body, _path)] = told(xu_ting)
    assert "原因：台风" in body and "另行编排" not in body
    assert not Seat.objects.taken().exists()
    for again in (actions.cancel_session, None):
        with pytest.raises(actions.Cancelled):
            if again:
                again(session=session, reason="再次", by=ma_yue, at=at)
            else:
                actions.seat_people(session=session, enrolments=[taker.enrolment], by=ma_yue, at=at)


def test_where_somebody_sits_already_nothing_moves(
    session: ExamSession, seat: Seat, taker: Taker, plan: actions.SessionPlan, ma_yue: Person, at: datetime
) -> None:
    seat.entered_at = at + 24 * HOUR
    seat.save()
    actions.start_attempt(
        exam=seat.exam, person=taker.person, enrolment=taker.enrolment, at=at + 24 * HOUR,
        seat=Seat.objects.select_related("session").get(),
    )  # fmt: skip
    with pytest.raises(InUse):
        actions.cancel_session(session=session, reason="台风", by=ma_yue, at=at)
    with pytest.raises(InUse):
        actions.change_session(session=session, plan=plan, invigilators=[], by=ma_yue, at=at)


def test_a_session_is_changed_and_called_off_at_the_desk(
    session: ExamSession, seat: Seat, ma_yue: Person, client_of: Callable[[Person], Client], at: datetime
) -> None:
    desk, change = client_of(ma_yue), reverse("exams:session_change", args=[session.uuid])
    assert "三楼机房" in desk.get(change).content.decode()
    Seat.objects.update(number=2)
    facts: dict[str, Any] = {
        "name": "第一场", "room": "培训中心", "capacity": 1, "begins_at": "2031-03-18T09:00", "early_minutes": 15,
        "ends_at": "2031-03-18T10:30", "late_minutes": 15, "invigilators": ma_yue.staff_no,
    }  # fmt: skip
    assert "2 号座位已编排人员" in desk.post(change, facts).content.decode()
    desk.post(change, {**facts, "capacity": 2})
    session.refresh_from_db()
    assert (session.room, session.capacity, session.needs_code) == ("培训中心", 2, False)
    cancel, page = (reverse(f"exams:{name}", args=[session.uuid]) for name in ("session_cancel", "session"))
    desk.post(cancel, {"reason": ""})
    assert "请填写原因" in desk.get(page).content.decode()
    desk.post(cancel, {"reason": "台风"})
    html = desk.get(page).content.decode()
    assert "本场次已取消" in html and "台风" in html and "或按单位编排" not in html
    assert desk.get(change).status_code == 404 and desk.post(cancel, {"reason": "再次"}).status_code == 404
    assert "已取消" in desk.get(reverse("exams:sessions", args=[session.exam.uuid])).content.decode()
    assert "第一场" not in desk.get(reverse("exams:invigilating")).content.decode()


def test_a_request_for_a_seat_that_was_taken_away_waits_for_nobody(
    seat: Seat, taker: Taker, ma_yue: Person, client_of: Callable[[Person], Client], at: datetime
) -> None:
    actions.ask_deferral(seat=seat, reason="on_duty", note="夜班到八点", by=taker.person, at=at)
    requests = reverse("exams:deferrals", args=[seat.exam.uuid])
    assert "夜班到八点" in client_of(ma_yue).get(requests).content.decode()
    actions.cancel_session(session=seat.session, reason="台风", by=ma_yue, at=at)
    assert "夜班到八点" not in client_of(ma_yue).get(requests).content.decode()
    notice = reverse("exams:notice", args=[seat.exam.uuid])
    page = client_of(taker.person).get(notice).content.decode()
    assert "还没有为您编排座位" in page and "您的座位保留" not in page


@pytest.mark.parametrize(("approve", "word"), [(True, "缓考已批准"), (False, "缓考未获批准")])
def test_a_deferral_is_asked_of_examiners_and_answered(
    approve: bool, word: str, seat: Seat, taker: Taker, ma_yue: Person, told: Told, at: datetime
) -> None:
    told(taker.person)
    asked = actions.ask_deferral(seat=seat, reason="on_duty", note="", by=taker.person, at=at)
    [(title, _body, path)] = told(ma_yue)
    assert title == "缓考申请：李振东，安规考试" and path == f"/desk/exams/{seat.exam.uuid}/deferrals/"
    actions.decide_deferral(deferral=asked, approve=approve, answer="人手已协调", by=ma_yue, at=at)
    [(title, body, _path)] = told(taker.person)
    assert title == f"{word}：安规考试" and "人手已协调" in body and ("三楼机房" in body) != approve


def test_who_is_on_a_make_up_list_learns_until_when(
    exam: Exam, taker: Taker, ma_yue: Person, told: Told, at: datetime
) -> None:
    planned = actions.MakeUpPlan("安规考试（补考）", closes_at=at + 48 * HOUR)
    made = actions.plan_make_up(original=exam, plan=planned, failed=[], absent=[taker.enrolment], by=ma_yue, at=at)
    actions.put_on_list(exam=made, enrolments=[taker.enrolment], why=Entrant.Why.ABSENT, by=ma_yue, at=at)
    [(title, body, path)] = told(taker.person)
    assert title == "您已列入补考名单：安规考试（补考）" and body.startswith("请在 ")
    assert path == f"/exams/{made.uuid}/"


def test_a_result_released_at_its_hour_is_told_once(
    make_exam: Callable[..., Exam], li_zhendong: Person, told: Told, at: datetime
) -> None:
    exam = make_exam(release_at=at + HOUR)
    enrolled(exam, li_zhendong, at)
    hand_in(start(exam, li_zhendong, at), at)
    assert not told(li_zhendong)
    assert actions.release_due(at=at + HOUR) == 1 and actions.release_due(at=at + HOUR) == 0
    [(title, body, _path)] = told(li_zhendong)
    assert title == "成绩已公布：安规考试" and body.startswith("0 分（满分 10）")
