"""Exams sat in sessions: seats, entry, the session code, and what the invigilator does."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from exams import actions, rules
from exams.actions.sessions import InUse
from exams.facts import Leave
from exams.models import Answer, Attempt, Exam, ExamSession, Intervention, Seat
from exams.queries import board, seating
from exams.rules import Attendance, Place, WhyNot, entry_code
from lms.journal.models import Entry
from lms.kernel import clock
from lms.people.models import Person
from tests.exams.conftest import Taker, enrolled
from tests.exams.sitting import hand_in, save
from tests.exams.test_doors import op, post, url

pytestmark = pytest.mark.django_db
START = timedelta(minutes=20)  # the session begins so long after `at`


@pytest.fixture
def session(exam: Exam, taker: Taker, ma_yue: Person, xu_ting: Person, at: datetime) -> ExamSession:
    """Two seats, from twenty minutes on for an hour; 许婷 invigilates."""
    plan = actions.SessionPlan("第一场", "三楼机房", 2, at + START, at + START + timedelta(hours=1))
    return actions.plan_session(exam=exam, plan=plan, invigilators=[xu_ting], by=ma_yue, at=at)


@pytest.fixture
def seat(session: ExamSession, taker: Taker, ma_yue: Person, at: datetime) -> Seat:
    return actions.seat_people(session=session, enrolments=[taker.enrolment], by=ma_yue, at=at)[0]


@pytest.fixture
def phone(taker: Taker, client_of: Callable[[Person], Client]) -> Client:
    return client_of(taker.person)


@pytest.fixture
def invigilator(xu_ting: Person, client_of: Callable[[Person], Client]) -> Client:
    return client_of(xu_ting)


def enter(phone: Client, exam: Exam, code: str = "") -> str:
    """Press the button of the notice; where one is led to."""
    answer: Any = phone.post(reverse("exams:start", args=[exam.uuid]), {"code": code})
    assert answer.status_code == 302
    return str(answer.url)


def notice(phone: Client, exam: Exam) -> str:
    return phone.get(reverse("exams:notice", args=[exam.uuid])).content.decode()


def intervene(client: Client, seat: Seat, what: str, **facts: Any) -> None:
    answer = client.post(reverse("exams:seat", args=[seat.session.uuid, seat.uuid]), {"what": what, **facts})
    assert answer.status_code == 302


def test_the_code_changes_every_half_minute_and_the_one_before_still_counts(at: datetime) -> None:
    moment = datetime.fromtimestamp(at.timestamp() // 30 * 30, at.tzinfo)
    now = entry_code.code("secret", moment)
    assert len(now) == 6 and now == entry_code.code("secret", moment + timedelta(seconds=29))
    assert entry_code.accepted("secret", f" {now[:3]} {now[3:]} ", moment)
    assert entry_code.accepted("secret", now, moment + timedelta(seconds=59))
    assert not entry_code.accepted("secret", now, moment + timedelta(seconds=60))
    assert not entry_code.accepted("secret", "", moment) and not entry_code.accepted("secret", "１２３", moment)
    assert entry_code.seconds_left(moment + timedelta(seconds=12)) == 18


@pytest.mark.parametrize(
    ("minutes", "entered", "reason"),
    [
        (-16, False, WhyNot.NO_ENTRY_YET),
        (-15, False, WhyNot.NEEDS_CODE),
        (-15, True, WhyNot.NOT_BEGUN),
        (0, True, None),
        (15, False, WhyNot.NEEDS_CODE),
        (16, False, WhyNot.TOO_LATE),
        (16, True, None),
        (69, True, None),  # ten minutes longer for this person
        (70, True, WhyNot.SESSION_OVER),
    ],
)
def test_when_one_may_come_in_and_begin(minutes: int, entered: bool, reason: WhyNot | None, at: datetime) -> None:
    place = Place(at, at + timedelta(hours=1), 15, 15, 10, entered=entered)
    assert rules.why_not_sit(place, at + timedelta(minutes=minutes)) is reason


def test_without_a_seat_nobody_starts(
    exam: Exam, session: ExamSession, taker: Taker, phone: Client, at: datetime
) -> None:
    exam.refresh_from_db()
    assert exam.in_sessions and not exam.seats.exists()
    assert enter(phone, exam) == reverse("exams:notice", args=[exam.uuid])
    assert "还没有为您编排座位" in notice(phone, exam)
    with pytest.raises(actions.NotAllowed) as refusal, transaction.atomic():
        actions.start_attempt(exam=exam, person=taker.person, enrolment=taker.enrolment, at=at)
    assert refusal.value.reason is WhyNot.NO_SEAT


def test_from_the_door_of_the_room_to_the_sheet(
    exam: Exam, session: ExamSession, seat: Seat, phone: Client, move_clock: Any, at: datetime
) -> None:
    assert "三楼机房 · 1 号" in notice(phone, exam) and "起可进场" in notice(phone, exam)
    move_clock(6 * 60)
    assert "场次码" in notice(phone, exam)
    again = enter(phone, exam, "000000" if code_now(session) != "000000" else "000001")
    assert again == reverse("exams:notice", args=[exam.uuid]) + "#code"
    assert "场次码已更换或有误" in notice(phone, exam)
    enter(phone, exam, code_now(session))
    seat.refresh_from_db()
    assert seat.entered_at and seat.wrong_codes == 1
    assert "您已进场" in notice(phone, exam)
    enter(phone, exam)
    assert not Attempt.objects.exists()
    move_clock(21 * 60)
    assert "/exams/sitting/" in enter(phone, exam)
    assert Attempt.objects.get().seat == seat


def code_now(session: ExamSession) -> str:
    return entry_code.code(session.secret, clock.now())


def test_too_many_wrong_codes_need_the_invigilator(
    exam: Exam, session: ExamSession, seat: Seat, phone: Client, invigilator: Client, move_clock: Any
) -> None:
    Seat.objects.filter(pk=seat.pk).update(wrong_codes=rules.MOST_WRONG_CODES - 1)
    move_clock(10 * 60)
    enter(phone, exam, "falsch")
    assert "请联系监考人允许进场" in notice(phone, exam)
    enter(phone, exam, code_now(session))
    seat.refresh_from_db()
    assert seat.entered_at is None
    assert Entry.objects.filter(kind="code-locked").count() == 1
    intervene(invigilator, seat, "admit", reason="核对工作证")
    assert "您已进场" in notice(phone, exam)


def test_a_room_has_as_many_seats_as_it_has(
    exam: Exam, session: ExamSession, seat: Seat, make_person: Any, at: datetime
) -> None:
    others = [enrolled(exam, make_person(f"0077000{n}", f"考生{n}", "YL1301"), at).enrolment for n in range(2)]
    with pytest.raises(actions.Full) as full:
        actions.seat_people(session=session, enrolments=others, by=None, at=at)
    assert full.value.free == 1
    [second] = actions.seat_people(session=session, enrolments=others[:1], by=None, at=at)
    assert (seat.number, second.number) == (1, 2)
    actions.vacate(seat=seat, by=None, at=at)
    [third] = actions.seat_people(session=session, enrolments=others[1:], by=None, at=at)
    assert third.number == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        Seat.objects.filter(pk=third.pk).update(number=2)


def test_somebody_taken_off_a_seat_can_be_seated_again(
    exam: Exam, session: ExamSession, seat: Seat, taker: Taker, ma_yue: Person, at: datetime
) -> None:
    assert not seating.candidates(exam, ma_yue).exists()
    actions.vacate(seat=seat, by=None, at=at)
    [again] = actions.seat_people(session=session, enrolments=list(seating.candidates(exam, ma_yue)), by=None, at=at)
    assert (again.person, again.turn) == (taker.person, 2)
    assert seating.my_seat(exam, taker.enrolment) == again
    with pytest.raises(InUse):
        actions.vacate(seat=seat, by=None, at=at)


def begun(seat: Seat, taker: Taker, at: datetime) -> Attempt:
    """The person has entered and started when the session begins."""
    Seat.objects.filter(pk=seat.pk).update(entered_at=at)
    exam = Exam.objects.select_related("blueprint", "lesson").get(pk=seat.exam_id)
    mine = seating.my_seat(exam, taker.enrolment)
    return actions.start_attempt(exam=exam, person=taker.person, enrolment=taker.enrolment, at=at + START, seat=mine)[
        0
    ]


def test_extra_time_moves_the_deadline_and_the_end_of_the_session(
    seat: Seat, taker: Taker, ma_yue: Person, at: datetime
) -> None:
    with pytest.raises(ValueError):
        actions.grant_extra(seat=seat, minutes=15, reason=" ", by=ma_yue, at=at)
    actions.grant_extra(seat=seat, minutes=15, reason="手部受伤", by=ma_yue, at=at)
    attempt = begun(seat, taker, at)
    assert attempt.deadline - attempt.started_at == timedelta(minutes=45)
    with pytest.raises(InUse):
        actions.grant_extra(seat=seat, minutes=20, reason="再加", by=ma_yue, at=at)


def test_nobody_sits_longer_than_the_session(seat: Seat, taker: Taker, at: datetime) -> None:
    Exam.objects.update(minutes=90)
    attempt = begun(seat, taker, at)
    assert attempt.deadline == seat.session.ends_at


def test_an_extension_reaches_a_phone_whose_time_is_up(
    seat: Seat, taker: Taker, phone: Client, invigilator: Client, move_clock: Any, at: datetime
) -> None:
    attempt = begun(seat, taker, at)
    move_clock(49 * 60)
    intervene(invigilator, seat, "extend", minutes="10", reason="停电 10 分钟")
    attempt.refresh_from_db()
    assert attempt.deadline == at + START + timedelta(minutes=40)
    move_clock(50 * 60)
    answer = post(phone, url("submit", attempt), {"holder": str(attempt.holder), "time_up": True})
    assert (answer.status_code, answer.json()["error"]) == (409, "extended")
    assert answer.json()["redirect"] == url("sheet", attempt)
    assert post(phone, url("answer", attempt), op(attempt)).status_code == 200
    move_clock(60 * 60)
    post(phone, url("submit", attempt), {"holder": str(attempt.holder), "time_up": True})
    attempt.refresh_from_db()
    assert attempt.state == Attempt.State.SUBMITTED
    kept = Intervention.objects.get()
    assert (kept.kind, kept.minutes, kept.reason, kept.by.name) == ("extend", 10, "停电 10 分钟", "许婷")


def test_another_device_needs_the_invigilator(
    seat: Seat, taker: Taker, phone: Client, client_of: Any, invigilator: Client, move_clock: Any, at: datetime
) -> None:
    attempt = begun(seat, taker, at)
    move_clock(25 * 60)
    other = client_of(taker.person)
    assert "须由监考人允许" in other.get(url("sheet", attempt)).content.decode()
    other.post(url("takeover", attempt))
    attempt.refresh_from_db()
    holder = attempt.holder
    intervene(invigilator, seat, "unlock", reason="手机摔坏")
    assert post(phone, url("answer", attempt), op(attempt, holder=str(holder))).json()["error"] == "taken_over"
    other.post(url("takeover", attempt))
    assert (
        "选项" in other.get(url("sheet", attempt)).content.decode()
        or other.get(url("sheet", attempt)).status_code == 200
    )
    seat.refresh_from_db()
    assert seat.unlocked_at is None


def test_the_invigilator_ends_an_exam_with_a_reason(
    seat: Seat, taker: Taker, invigilator: Client, phone: Client, move_clock: Any, at: datetime
) -> None:
    attempt = begun(seat, taker, at)
    move_clock(25 * 60)
    intervene(invigilator, seat, "end", reason="")
    attempt.refresh_from_db()
    assert attempt.state == Attempt.State.IN_PROGRESS
    intervene(invigilator, seat, "end", reason="夹带资料")
    attempt.refresh_from_db()
    assert (attempt.closed_by, attempt.passed) == ("ended", False)
    assert "监考人已结束您的考试" in phone.get(url("result", attempt)).content.decode()
    intervene(invigilator, seat, "extend", minutes="5", reason="太晚")
    assert Intervention.objects.count() == 1
    assert Entry.objects.filter(kind="invigilator-intervened", about_person=taker.person.pk).count() == 1


def test_the_board_says_who_is_in_and_how_far(
    exam: Exam, session: ExamSession, seat: Seat, taker: Taker, invigilator: Client, make_person: Any,
    move_clock: Any, at: datetime,
) -> None:  # fmt: skip
    absent = enrolled(exam, make_person("00770009", "迟到者", "YL1301"), at).enrolment
    actions.seat_people(session=session, enrolments=[absent], by=None, at=at)
    attempt = begun(seat, taker, at)
    save(attempt, 1, [0], at + START)
    save(attempt, 2, [0], at + START, op_id=uuid4(), seq=2)
    move_clock(36 * 60)
    address = reverse("exams:board", args=[session.uuid])
    page = invigilator.get(address).content.decode()
    assert "李振东" in page and "2/5" in page and "正在考" in page
    assert "缺考" in page
    now = invigilator.get(address, headers={"accept": "application/json"}).json()["html"]
    assert "2/5" in now and "<html" not in now
    Answer.objects.filter(attempt=attempt, position=2).update(standing="late")
    assert "1 " in invigilator.get(address).content.decode()
    hand_in(attempt, at + START)
    [first, second] = board.rows(session, list(board.seats(session)), at=at + START + timedelta(minutes=16))
    assert (first.state, second.state) == (Attendance.SAT, Attendance.ABSENT)


@pytest.mark.parametrize(("text", "found"), [("李振", True), ("0012", True), ("\0", True), ("王", False)])
def test_somebody_is_found_on_the_board(
    text: str, found: bool, session: ExamSession, seat: Seat, invigilator: Client
) -> None:
    address = reverse("exams:board", args=[session.uuid])
    for headers in ({}, {"accept": "application/json"}):
        shown = invigilator.get(address, {"q": text}, headers=headers).content.decode("unicode_escape")
        assert (str(seat.uuid) in shown) == found


def test_the_board_says_who_left_the_page(
    session: ExamSession, seat: Seat, taker: Taker, invigilator: Client, move_clock: Any, at: datetime
) -> None:
    attempt, now = begun(seat, taker, at), at + START + timedelta(minutes=5)
    save(attempt, 1, [0], at + START)
    first, second = uuid4(), uuid4()
    leaves = [Leave(first, now, now, closed=False), Leave(second, now, None, closed=False)]
    actions.note_leaves(attempt=attempt, leaves=leaves, by=taker.person, at=now)
    [row] = board.rows(session, list(board.seats(session)), at=now)
    assert (row.left, row.away, row.seen_at) == (2, True, now)
    move_clock(26 * 60)
    pages = [reverse("exams:board", args=[session.uuid]), reverse("exams:seat", args=[session.uuid, seat.uuid])]
    assert all("现在不在答题页" in invigilator.get(page).content.decode() for page in pages)
    actions.note_leaves(attempt=attempt, leaves=[Leave(second, now, now, closed=False)], by=taker.person, at=now)
    [row] = board.rows(session, list(board.seats(session)), at=now)
    assert (row.left, row.away) == (2, False)
    gone = [Leave(uuid4(), now, None, closed=True)]
    actions.note_leaves(attempt=attempt, leaves=gone, by=taker.person, at=now)
    [row] = board.rows(session, list(board.seats(session)), at=now)
    assert (row.left, row.away) == (3, True)
    save(attempt, 2, [0], now + timedelta(minutes=1), op_id=uuid4(), seq=2)
    [row] = board.rows(session, list(board.seats(session)), at=now + timedelta(minutes=1))
    assert (row.left, row.away, row.seen_at) == (3, False, now + timedelta(minutes=1))
    assert "<dd>3 次" in invigilator.get(pages[1]).content.decode()


def test_only_its_invigilators_and_examiners_see_a_session(
    session: ExamSession, seat: Seat, phone: Client, invigilator: Client, ma_yue: Person, client_of: Any
) -> None:
    pages = [
        reverse("exams:board", args=[session.uuid]),
        reverse("exams:seat", args=[session.uuid, seat.uuid]),
    ]
    for page in pages:
        assert phone.get(page).status_code == 404
        assert invigilator.get(page).status_code == 200
        assert client_of(ma_yue).get(page).status_code == 200
    planning = reverse("exams:session", args=[session.uuid])
    assert invigilator.get(planning).status_code == 404
    assert client_of(ma_yue).get(planning).status_code == 200
    assert "第一场" in invigilator.get(reverse("exams:invigilating")).content.decode()
    assert "您监考的场次" in invigilator.get(reverse("exams:list")).content.decode()
    assert "您监考的场次" not in phone.get(reverse("exams:list")).content.decode()


def test_a_session_is_planned_and_filled_at_the_desk(
    exam: Exam, taker: Taker, ma_yue: Person, client_of: Any, at: datetime
) -> None:
    desk = client_of(ma_yue)
    facts = {
        "name": "第二场", "room": "多媒体教室", "capacity": 20, "begins_at": "2031-03-18T09:00",
        "ends_at": "2031-03-18T10:30", "early_minutes": 15, "late_minutes": 15, "needs_code": "on",
        "invigilators": ma_yue.staff_no,
    }  # fmt: skip
    address = reverse("exams:sessions", args=[exam.uuid])
    assert "请核对后再试" in desk.post(address, {**facts, "invigilators": "nobody"}).content.decode()
    assert "结束时间要晚于开考时间" in desk.post(address, {**facts, "ends_at": "2031-03-18T09:00"}).content.decode()
    desk.post(address, facts)
    session = ExamSession.objects.get()
    assert "第二场" in desk.get(address).content.decode()
    seats = reverse("exams:seat_people", args=[session.uuid])
    assert "请填写员工编号或选择单位" in desk.post(seats, {}).content.decode()
    assert "不在待编排人员中" in desk.post(seats, {"numbers": "x1"}).content.decode()
    unit = taker.person.posts.get().unit
    desk.post(seats, {"unit": unit.pk})
    seat = Seat.objects.get()
    page = desk.get(reverse("exams:session", args=[session.uuid])).content.decode()
    assert "李振东" in page and "1 / 20 座" in page
    assert "没有待编排人员" in desk.post(seats, {"unit": unit.pk}).content.decode()
    desk.post(reverse("exams:extra_time", args=[session.uuid, seat.uuid]), {"minutes": 10, "reason": "手伤"})
    seat.refresh_from_db()
    assert seat.extra_minutes == 10
    desk.post(reverse("exams:vacate", args=[session.uuid, seat.uuid]))
    desk.post(seats, {"numbers": f"{taker.person.staff_no}，"})
    assert Seat.objects.taken().get().turn == 2


def test_starting_in_a_session(
    exam: Exam, session: ExamSession, seat: Seat, phone: Client, move_clock: Any, statements: Callable[..., Any]
) -> None:
    phone.get(reverse("exams:list"))
    move_clock(21 * 60)
    code = code_now(session)
    with statements(at_most=14):
        assert "/exams/sitting/" in enter(phone, exam, code)


@pytest.mark.parametrize("count", [1, 12])
def test_the_board_asks_the_same_whatever_the_room_holds(
    count: int, exam: Exam, session: ExamSession, invigilator: Client, make_person: Any, at: datetime, statements: Any
) -> None:
    ExamSession.objects.update(capacity=20)
    people = [enrolled(exam, make_person(f"007700{n:02}", f"考生{n}", "YL1301"), at).enrolment for n in range(count)]
    actions.seat_people(session=session, enrolments=people, by=None, at=at)
    address = reverse("exams:board", args=[session.uuid])
    invigilator.get(address)
    with statements(at_most=8):
        invigilator.get(address, headers={"accept": "application/json"})
