"""我的 and my training record."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal

import pytest
from django.test import Client

from lms.people.models import Person
from lms.portal.views.me import percent
from lms.records.actions import complete_lesson, correct_record, enrol
from lms.records.models import TrainingRecord
from lms.records.rules import Result
from tests.factories import lessons_of, make_course

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Person], Client]


@pytest.fixture
def record(li_zhendong: Person, at: datetime) -> TrainingRecord:
    course = make_course(lessons=["第一课"], title="触电急救（理论）", hours="1.5")
    enrolment = enrol(person=li_zhendong, course=course, by=None, at=at)
    complete_lesson(
        enrolment=enrolment,
        lesson=lessons_of(course)[0],
        result=Result(Decimal(90), Decimal(100), True),
        source="x",
        by=None,
        at=at,
    )
    return TrainingRecord.objects.get()


def test_my_hours_stand_on_their_accounts(client_of: ClientOf, record: TrainingRecord) -> None:
    page = client_of(record.person).get("/me/").content.decode()
    assert "<strong>1.5</strong><span>/ 12 学时</span>" in page
    assert "安全培训学时" in page


def test_a_ring_is_full_only_when_the_target_is_reached() -> None:
    assert [percent(Decimal(hours), 12) for hours in ("0", "11.9", "12", "40")] == [0, 99, 100, 100]
    assert percent(Decimal(5), None) == 0


def test_my_record_shows_course_hours_score_and_unit(client_of: ClientOf, record: TrainingRecord) -> None:
    page = client_of(record.person).get("/me/transcript/").content.decode()
    for part in ("触电急救（理论）", "1.5 学时", "90 分", "变电运维班"):
        assert part in page


def test_a_correction_shows_what_was_before_and_why(
    client_of: ClientOf, record: TrainingRecord, lin_xiaowen: Person, at: datetime
) -> None:
    correct_record(record=record, hours=Decimal(1), reason="提前离开", by=lin_xiaowen, at=at)
    page = client_of(record.person).get("/me/transcript/").content.decode()
    assert "提前离开" in page
    assert "原为 1.5 学时" in page


def test_with_nothing_completed_the_page_says_what_to_do(client_of: ClientOf, li_zhendong: Person) -> None:
    assert "还没有完成的课程" in client_of(li_zhendong).get("/me/transcript/").content.decode()


def test_nobody_sees_the_record_of_another(client_of: ClientOf, record: TrainingRecord, xie_yulan: Person) -> None:
    assert "触电急救" not in client_of(xie_yulan).get("/me/transcript/").content.decode()


def test_large_text_marks_every_page(client_of: ClientOf, xie_yulan: Person) -> None:
    for url in ("/", "/courses/", "/me/", "/me/transcript/"):
        assert 'class="large-text"' in client_of(xie_yulan).get(url).content.decode()


def test_news_and_policies_can_be_found_when_nothing_waits_for_a_signature(
    client_of: ClientOf, li_zhendong: Person
) -> None:
    assert 'href="/news/"' in client_of(li_zhendong).get("/me/").content.decode()
