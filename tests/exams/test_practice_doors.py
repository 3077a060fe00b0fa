"""Practising in the browser: without a script, with double taps, Back and two tabs."""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags

from exams import types
from exams.exchange.question import Exchange
from exams.exchange.store import store
from exams.models import PracticeAnswer, PracticeItem, PracticeRun, Question, QuestionBank, QuestionVersion
from exams.queries.basis import lessons_on
from lms.people.models import Person
from tests.exams.examples import EXAMPLES, PHOTOS, Example
from tests.exams.practising import answer, answer_all, begin, opened
from tests.factories import LessonSpec, make_course

pytestmark = pytest.mark.django_db
Mode = PracticeRun.Mode


@pytest.fixture
def open_bank(bank: QuestionBank, at: datetime) -> QuestionBank:
    return opened(bank, at)


@pytest.fixture
def phone(li_zhendong: Person, client_of: Callable[[Person], Client]) -> Client:
    client = client_of(li_zhendong)
    client.get(reverse("exams:list"))
    return client


def start(phone: Client, mode: str, bank: QuestionBank | None = None, **which: str) -> str:
    """The address of the first question."""
    sent = {"mode": mode, **({"bank": str(bank.uuid)} if bank else {}), **which}
    run = phone.post(reverse("exams:practice_start"), sent)
    assert run.status_code == 302, run
    return str(phone.get(run.headers["Location"]).headers["Location"])


def words(page: Any) -> str:
    return " ".join(strip_tags(page.content.decode()).split())


def test_a_question_shows_no_key_before_it_is_answered_and_the_explanation_after(
    phone: Client, open_bank: QuestionBank
) -> None:
    place = start(phone, "type", open_bank, type="single")
    asked = words(phone.get(place))
    assert "验电时应当怎么做" in asked and "解析单选" not in asked and "正确答案" not in asked
    told = words(phone.post(place, {"answer": "0"}, follow=True))
    assert "解析单选" in told and "依据：《安规》 4.4.7" in told


def test_going_back_and_answering_again_changes_nothing(phone: Client, open_bank: QuestionBank) -> None:
    place = start(phone, "type", open_bank, type="true_false")
    phone.post(place, {"answer": "0"})
    phone.post(place, {"answer": "1"})
    assert PracticeAnswer.objects.get().payload == [0]
    assert "no-store" in phone.get(place).headers["Cache-Control"]


@pytest.mark.parametrize("sent", [{}, {"answer": "x"}, {"answer": ["0", "1"]}, {"answer": "99"}])
def test_what_is_no_answer_is_asked_again(phone: Client, open_bank: QuestionBank, sent: dict[str, Any]) -> None:
    place = start(phone, "type", open_bank, type="single")
    assert "请先选择答案" in words(phone.post(place, sent, follow=True))
    assert not PracticeAnswer.objects.exists()


def test_the_end_of_a_run_shows_what_to_look_at_again(
    phone: Client, li_zhendong: Person, open_bank: QuestionBank, at: datetime
) -> None:
    run = begin(li_zhendong, at, Mode.TYPE, open_bank, type="true_false")
    answer_all(run, at, right=5)
    page = words(phone.get(reverse("exams:practice_run", args=[run.uuid])))
    assert "5/ 6 题答对" in page
    assert page.count("解析判断") == 1


def test_a_level_that_is_not_open_cannot_be_begun(phone: Client, open_bank: QuestionBank) -> None:
    sent = {"mode": "level", "bank": str(open_bank.uuid), "topic": "接地"}
    assert phone.post(reverse("exams:practice_start"), sent).status_code == 404


@pytest.mark.parametrize("named", ["", "nonsense", "00000000-0000-4000-8000-000000000000"])
def test_a_bank_that_is_not_there_is_not_found(phone: Client, open_bank: QuestionBank, named: str) -> None:
    sent = {"mode": "topic", "bank": named, "topic": "验电"}
    assert phone.post(reverse("exams:practice_start"), sent).status_code == 404


def test_nothing_to_practise_is_said(phone: Client, open_bank: QuestionBank) -> None:
    page = phone.post(reverse("exams:practice_start"), {"mode": "mistakes"}, follow=True)
    assert "这里暂无可练的题目" in words(page)


def test_a_wrong_answer_leads_to_the_lesson_that_treats_the_clause(
    phone: Client, li_zhendong: Person, open_bank: QuestionBank, at: datetime
) -> None:
    cited = LessonSpec("验电的步骤", text="依据《安规》4.4.7，先验电。")
    make_course(title="配电安规", lessons=[LessonSpec("别的", text="《安规》4.4.71"), cited])
    run = begin(li_zhendong, at, Mode.TYPE, open_bank, type="single")
    place = reverse("exams:practice_item", args=[run.uuid, 1])
    answer(run, 1, at, right=False)
    page = words(phone.get(place))
    assert "验电的步骤" in page and "配电安规" in page and "别的" not in page


def test_a_retired_course_teaches_nothing(open_bank: QuestionBank, at: datetime) -> None:
    course = make_course(lessons=[LessonSpec("验电的步骤", text="依据《安规》4.4.7，先验电。")])
    version = QuestionVersion.objects.select_related("question").filter(basis_clause="4.4.7").first()
    assert version is not None and len(lessons_on(version)) == 1
    course.retired_at = at
    course.save()
    assert not lessons_on(version)


def test_learning_by_heart_shows_the_answers_and_stores_nothing(phone: Client, open_bank: QuestionBank) -> None:
    url = reverse("exams:by_heart", args=[open_bank.uuid])
    page = words(phone.get(url, {"topic": "接地"}))
    assert page.count("正确答案") == 6 and "解析判断5" in page
    assert not PracticeRun.objects.exists()
    assert "没有找到" in words(phone.get(url, {"topic": "\0别的"}))


def test_the_examiner_opens_a_bank_and_closes_it(
    bank: QuestionBank, ma_yue: Person, client_of: Callable[[Person], Client]
) -> None:
    client = client_of(ma_yue)
    for sent, expected in (("yes", True), ("no", False)):
        page = client.post(reverse("exams:open_for_practice", args=[bank.uuid]), {"open": sent}, follow=True)
        bank.refresh_from_db()
        assert bank.open_for_practice is expected
        assert ("停止练习" in words(page)) is expected


class TestStatements:
    """How many statements pages and answers may send, session and user included; not more with more questions."""

    @pytest.mark.parametrize(("name", "most"), [("practice", 12), ("mistakes", 8)])
    def test_pages(
        self, name: str, most: int, phone: Client, li_zhendong: Person, open_bank: QuestionBank, at: datetime,
        statements: Any,
    ) -> None:  # fmt: skip
        answer_all(begin(li_zhendong, at, Mode.TOPIC, open_bank, topic="验电"), at, right=0)
        phone.get(reverse("exams:practice"))
        with statements(at_most=most):
            assert phone.get(reverse(f"exams:{name}")).status_code == 200

    @pytest.mark.parametrize(("name", "most"), [("practice_bank", 9), ("levels", 9), ("by_heart", 8)])
    def test_pages_of_a_bank(
        self, name: str, most: int, phone: Client, open_bank: QuestionBank, statements: Any
    ) -> None:
        phone.get(reverse("exams:practice"))
        with statements(at_most=most):
            assert phone.get(reverse(f"exams:{name}", args=[open_bank.uuid])).status_code == 200

    def test_beginning_a_daily_practice(self, phone: Client, open_bank: QuestionBank, statements: Any) -> None:
        with statements(at_most=14):
            phone.post(reverse("exams:practice_start"), {"mode": "daily"})
        assert PracticeItem.objects.count() == 5

    @pytest.mark.parametrize("right", [True, False])
    def test_answering(self, right: bool, phone: Client, open_bank: QuestionBank, statements: Any) -> None:
        place = start(phone, "type", open_bank, type="single")
        item = PracticeItem.objects.get(position=1)
        shown = item.order.index(0 if right else 1)
        with statements(at_most=13):
            assert phone.post(place, {"answer": str(shown)}).status_code == 302
        assert PracticeAnswer.objects.get().right is right
        with statements(at_most=8):
            assert phone.get(place).status_code == 200


def test_a_retired_question_is_still_answered_in_a_run_that_has_it(phone: Client, open_bank: QuestionBank) -> None:
    place = start(phone, "type", open_bank, type="single")
    Question.objects.update(state=Question.State.RETIRED)
    assert phone.post(place, {"answer": "0"}, follow=True).status_code == 200
    assert PracticeAnswer.objects.count() == 1


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda one: one.type)
def test_every_type_that_needs_no_marker_is_asked_and_answered(
    example: Example, phone: Client, bank: QuestionBank, li_zhendong: Person, at: datetime
) -> None:
    Question.objects.update(state=Question.State.RETIRED)
    exchange = Exchange("test", [example.exchanged(topic="各种题", media=PHOTOS)])
    assert store(exchange, bank=opened(bank, at), by=None, at=at).new
    sent = {"mode": "topic", "bank": str(bank.uuid), "topic": "各种题"}
    begun = phone.post(reverse("exams:practice_start"), sent)
    if not PracticeRun.objects.exists():
        assert example.kind.right(example.content, example.key, example.order()) is None
        return
    item = PracticeItem.objects.select_related("version").get()
    place = phone.get(begun.headers["Location"]).headers["Location"]
    assert 'data-answer="' in phone.get(place).content.decode()
    right = types.get(example.type).right(item.version.content, item.version.key, item.order)
    assert phone.post(place, {"payload": json.dumps(right)}, follow=True).status_code == 200
    assert PracticeAnswer.objects.get().right


@pytest.mark.parametrize("payload", ["nonsense", "[" * 5000, '{"a": 1}', "[null]", '"\\u0000"', "1e999", "[0, 0]"])
def test_a_forged_payload_is_asked_again(phone: Client, open_bank: QuestionBank, payload: str) -> None:
    place = start(phone, "type", open_bank, type="single")
    assert phone.post(place, {"payload": payload}, follow=True).status_code == 200
    assert not PracticeAnswer.objects.exists()
