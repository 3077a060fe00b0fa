"""The study page and what its script sends."""

import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from courses.models import Course
from lms.people.models import Person
from lms.records.actions import enrol
from lms.records.models import Enrolment, LessonResult
from tests.factories import LessonSpec, lessons_of, make_course, publish

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Person], Client]
Statements = Callable[..., AbstractContextManager[object]]
MoveClock = Callable[[float], None]


@pytest.fixture
def course(db: None) -> Course:
    first = LessonSpec(title="低压触电", text="先断开电源。" * 100, self_checks=["k"], module="脱离电源")
    return make_course(lessons=[first, "高压触电"], title="触电急救（理论）")


class Page:
    """The study page of one lesson in one browser."""

    def __init__(self, client: Client, course: Course, number: int = 0) -> None:
        self.client = client
        self.url = f"/learn/{course.uuid}/{lessons_of(course)[number].uuid}/"
        self.token = ""

    def post(self, what: str, body: object = None) -> Any:
        return self.client.post(f"{self.url}{what}/", body or {}, "application/json", HTTP_ACCEPT="application/json")

    def start(self) -> Any:
        answer = self.post("start").json()
        self.token = answer["token"]
        return answer

    def beat(self, **facts: object) -> Any:
        body = {"token": self.token, "touched": True, "visible": True, "position": 0.5, "end_reached": False}
        return self.post("beat", body | facts)


@pytest.fixture
def page(client_of: ClientOf, li_zhendong: Person, course: Course) -> Page:
    return Page(client_of(li_zhendong), course)


def test_looking_at_a_lesson_changes_nothing(page: Page) -> None:
    assert "先断开电源。" in page.client.get(page.url).content.decode()
    assert not Enrolment.objects.exists()


def test_starting_enrols_and_says_where_one_stands(page: Page) -> None:
    answer = page.start()
    assert (answer["credited_seconds"], answer["required_seconds"], answer["position"]) == (0, 90, 0)
    assert (answer["completed"], answer["outstanding"]) == (False, ["end", "time", "self_checks"])
    assert Enrolment.objects.get().state == "open"


def test_a_lesson_is_studied_to_the_end(page: Page, move_clock: MoveClock) -> None:
    page.start()
    checked = page.post("check", {"key": "k", "choice": [1]}).json()
    assert checked == {
        "correct": True, "right": [1], "explanation": "先验电。", "answered": 1, "total": 1,
        "completed": False, "outstanding": ["end", "time"],
    }  # fmt: skip
    for seconds in range(15, 106, 15):
        move_clock(seconds)
        answer = page.beat(end_reached=True).json()
    assert (answer["state"], answer["completed"]) == ("completed", True)
    assert "本课时已完成" in page.client.get(page.url).content.decode()


def test_a_self_check_answered_before_is_told_when_the_page_opens_again(page: Page) -> None:
    assert page.start()["answers"] == {}
    page.post("check", {"key": "k", "choice": [0]})
    assert page.start()["answers"] == {"k": {"choice": [0], "correct": False, "right": [1], "explanation": "先验电。"}}


def test_the_page_resumes_where_it_was_left(page: Page, move_clock: MoveClock) -> None:
    page.start()
    move_clock(15)
    page.beat(position=0.42)
    assert page.start()["position"] == 0.42


def test_a_second_device_pauses_the_first(
    page: Page, course: Course, client_of: ClientOf, li_zhendong: Person
) -> None:
    page.start()
    other = Page(client_of(li_zhendong), course, 1)
    other.start()
    answer = page.beat().json()
    assert (answer["state"], answer["required_seconds"]) == ("paused_elsewhere", 90)


def test_beats_for_a_lesson_one_has_not_begun_do_not_exist(
    page: Page, course: Course, client_of: ClientOf, xie_yulan: Person
) -> None:
    page.start()
    stranger = Page(client_of(xie_yulan), course)
    assert stranger.beat(token=page.token).status_code == 404
    other = Page(page.client, make_course())
    assert other.beat(token=str(uuid4())).status_code == 404


def test_ten_hours_of_beats_at_once_earn_nothing(page: Page) -> None:
    begun = time.monotonic()
    page.start()
    for _ in range(30):
        page.beat(end_reached=True, position=1)
    assert LessonResult.objects.get().valid_seconds <= time.monotonic() - begun + 1


@pytest.mark.parametrize(
    "body", ["", "[]", "{}", '{"token": 1}', '{"token": "x", "position": "far"}', "[" * 5000, '{"position": NaN}']
)
def test_a_beat_that_cannot_be_read_is_refused(page: Page, body: str) -> None:
    page.start()
    answer = page.client.post(f"{page.url}beat/", body, "application/json")
    assert answer.status_code == 400


@pytest.mark.parametrize(
    "body", [{"key": "k"}, {"key": 1, "choice": [1]}, {"key": "k", "choice": ["1"]}, {"choice": [True]}]
)
def test_an_answer_that_cannot_be_read_is_refused(page: Page, body: object) -> None:
    assert page.post("check", body).status_code == 400


def test_a_self_check_the_lesson_has_not_does_not_exist(page: Page) -> None:
    assert page.post("check", {"key": "other", "choice": [0]}).status_code == 404


def test_right_answers_are_not_in_the_page(page: Page) -> None:
    html = page.client.get(page.url).content.decode()
    assert "correct" not in html
    assert "先验电。" not in html


def test_without_a_session_the_script_gets_401_and_can_go_on_after_logging_in(
    page: Page, li_zhendong: Person, move_clock: MoveClock
) -> None:
    page.start()
    move_clock(15)
    page.client.logout()
    answer = page.beat()
    assert (answer.status_code, answer.json()) == (401, {"error": "login"})
    page.client.force_login(li_zhendong, backend="lms.people.login.StaffNumberBackend")
    assert page.beat().json()["credited_seconds"] >= 15


def test_who_began_an_edition_goes_on_with_it(page: Page, course: Course, at: datetime) -> None:
    page.start()
    old_lesson = page.url
    publish(course, [], [], title="新版")
    assert "低压触电" in page.client.get(old_lesson).content.decode()


def test_the_lesson_page_takes_at_most_twelve_statements(page: Page, statements: Statements) -> None:
    page.start()
    page.client.get(page.url)
    with statements(at_most=12):
        page.client.get(page.url)


def test_a_beat_takes_at_most_five_statements(page: Page, move_clock: MoveClock, statements: Statements) -> None:
    page.start()
    move_clock(15)
    page.beat()
    move_clock(30)
    with statements(at_most=5):
        page.beat()


def test_personal_pages_are_stored_by_nobody(page: Page) -> None:
    assert page.client.get(page.url).headers["Cache-Control"] == "private, no-store"


def test_finishing_after_the_course_was_enrolled_elsewhere_uses_that_enrolment(
    page: Page, course: Course, li_zhendong: Person, at: datetime
) -> None:
    enrolment = enrol(person=li_zhendong, course=course, by=None, at=at)
    page.start()
    assert LessonResult.objects.get().enrolment == enrolment
