"""Leaving the sheet is counted, shown to the taker and to the examiner, and decides nothing."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from exams import actions
from exams.actions.leaves import MOST
from exams.facts import Leave
from exams.models import Attempt, Exam, ScreenLeave
from lms.journal.models import Entry
from lms.people.enums import Role
from lms.people.models import Person
from tests.exams.conftest import Taker, enrolled
from tests.exams.sitting import answer_all, hand_in, save, start
from tests.exams.test_doors import op, post, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def sat(exam: Exam, taker: Taker, at: datetime) -> Attempt:
    return start(exam, taker.person, at)


@pytest.fixture
def phone(taker: Taker, client_of: Callable[[Person], Client]) -> Client:
    return client_of(taker.person)


@pytest.fixture
def desk(ma_yue: Person, client_of: Callable[[Person], Client]) -> Client:
    return client_of(ma_yue)


def leave(at: datetime, *, away: int | None = None, **facts: object) -> dict[str, object]:
    back = None if away is None else (at + timedelta(seconds=away)).isoformat()
    return {"op_id": str(uuid4()), "left_at": at.isoformat(), "back_at": back, "closed": False, **facts}


def tell(phone: Client, attempt: Attempt, *leaves: object) -> Any:
    return post(phone, url("leaves", attempt), {"leaves": leaves})


def test_leaving_is_told_and_completed_and_told_twice_counts_once(phone: Client, sat: Attempt, at: datetime) -> None:
    gone = leave(at)
    assert tell(phone, sat, gone).json()["leaves"] == 1
    back = {**gone, "back_at": (at + timedelta(seconds=4.2)).isoformat()}
    assert [tell(phone, sat, back).json()["leaves"] for _time in range(2)] == [1, 1]
    assert tell(phone, sat, gone, leave(at, away=1)).json()["leaves"] == 2
    assert [one.seconds for one in sat.leaves.order_by("pk")] == [5, 1]
    assert Entry.objects.filter(kind="screen-left").count() == 2


def test_the_reply_tells_the_time(phone: Client, sat: Attempt) -> None:
    told = tell(phone, sat).json()
    assert told["deadline"] == sat.deadline.isoformat() and datetime.fromisoformat(told["now"]).tzinfo
    assert told["leaves"] == 0


@pytest.mark.parametrize(
    "leaves",
    [None, {}, [1], [{}], [{"op_id": "x", "left_at": "2026-03-02T01:00:00Z"}], [{"op_id": str(uuid4())}], [[]] * 51],
)
def test_what_is_no_leave_is_refused(phone: Client, sat: Attempt, leaves: Any) -> None:
    assert post(phone, url("leaves", sat), {"leaves": leaves}).status_code == 400
    assert not ScreenLeave.objects.exists()


def test_a_flood_ends(sat: Attempt, at: datetime) -> None:
    flood = [Leave(uuid4(), at, None, False) for _time in range(MOST + 3)]
    assert actions.note_leaves(attempt=sat, leaves=flood, by=sat.person, at=at) == MOST
    assert actions.note_leaves(attempt=sat, leaves=flood[-3:], by=sat.person, at=at) == MOST


def test_however_often_somebody_leaves_the_score_is_what_it_is(phone: Client, sat: Attempt, at: datetime) -> None:
    answer_all(sat, at)
    for _time in range(20):
        tell(phone, sat, leave(at, away=60))
    assert hand_in(sat, at).passed


def test_telling_costs_few_statements(phone: Client, sat: Attempt, at: datetime, statements: Any) -> None:
    tell(phone, sat, leave(at))
    with statements(at_most=7):
        tell(phone, sat, leave(at, away=3))


def test_the_sheet_carries_name_and_number_and_how_often_it_was_left(
    phone: Client, sat: Attempt, taker: Taker, at: datetime
) -> None:
    phone.post(url("takeover", sat))
    tell(phone, sat, leave(at), leave(at, away=2))
    page = phone.get(url("sheet", sat)).content.decode()
    assert 'class="watermark"' in page and f"{taker.person.name} {taker.person.staff_no}</text>" in page
    assert "data-guarded" in page and 'data-left="2"' in page


def test_practice_is_left_alone(make_exam: Any, li_zhendong: Person, client_of: Any, at: datetime) -> None:
    """L0."""
    exam = make_exam(protection=Exam.Protection.NONE)
    enrolled(exam, li_zhendong, at)
    phone = client_of(li_zhendong)
    assert "姓名和员工编号水印" not in phone.get(reverse("exams:notice", args=[exam.uuid])).content.decode()
    phone.post(reverse("exams:start", args=[exam.uuid]))
    page = phone.get(url("sheet", Attempt.objects.get())).content.decode()
    assert "watermark" not in page and "data-guarded" not in page and "data-exam" in page


def test_who_is_counted_is_told_before(exam: Exam, phone: Client) -> None:
    page = phone.get(reverse("exams:notice", args=[exam.uuid])).content.decode()
    assert "离开页面的次数和时长" in page


def test_the_examiner_sees_what_happened(
    phone: Client, desk: Client, sat: Attempt, at: datetime, move_clock: Callable[[float], None]
) -> None:
    tell(phone, sat, leave(at, away=65), leave(at + timedelta(minutes=5), closed=True))
    save(sat, 1, [0], at, holder=uuid4())
    move_clock(31 * 60)
    late = post(phone, url("answer", sat), op(sat, item=2, payload=[0], written_at=at.isoformat()))
    assert late.status_code == 409
    page = desk.get(reverse("exams:sitting_record", args=[sat.uuid])).content.decode()
    for words in (
        "离开页面 2 次",
        "65 秒",
        "页面关闭或刷新",
        "尚未返回",
        "结束后送达",
        "来自已失去本场作答权的设备",
    ):
        assert words in page, words
    assert f"2 · {sat.items.get(position=2).version.stem}" in page
    board = desk.get(reverse("exams:exam", args=[sat.exam.uuid])).content.decode()
    assert "离开页面 2 次" in board and reverse("exams:sitting_record", args=[sat.uuid]) in board


def test_an_examiner_elsewhere_sees_none_of_it(sat: Attempt, make_person: Any, client_of: Any) -> None:
    other = client_of(make_person("00120055", "别处考官", "YL1302", Role.EXAMINER))
    assert other.get(reverse("exams:sitting_record", args=[sat.uuid])).status_code == 404
