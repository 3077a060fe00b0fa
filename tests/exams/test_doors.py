"""The doors of a sitting, as a browser meets them."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from exams import actions, types
from exams.actions import PlannedRule, add_questions
from exams.exchange.drafting import drafted
from exams.models import Answer, Attempt, Exam, QuestionBank
from lms.people.models import Person
from tests.exams.conftest import Taker, enrolled
from tests.exams.examples import EXAMPLES, PHOTOS, SECRET
from tests.exams.sitting import answer_all, hand_in, items, start

pytestmark = pytest.mark.django_db
SECRETS = ("解析", "《安规》", "4.4.7", '"correct"', "explanation", "data-key", "order", SECRET)


def url(name: str, attempt: Attempt) -> str:
    return reverse(f"exams:{name}", args=[attempt.uuid])


def went(answer: Any) -> str:
    """Where an answer sends the browser."""
    to: str = answer.url
    return to


def post(client: Client, to: str, body: Any) -> Any:
    return client.post(to, json.dumps(body), content_type="application/json", headers={"Accept": "application/json"})


def op(attempt: Attempt, **facts: object) -> dict[str, object]:
    own = {
        "op_id": str(uuid4()),
        "seq": 1,
        "item": 1,
        "base_version": 0,
        "payload": [0],
        "holder": str(attempt.holder),
    }
    return {**own, **facts}


@pytest.fixture
def phone(taker: Taker, client_of: Callable[[Person], Client]) -> Client:
    return client_of(taker.person)


@pytest.fixture
def sat(exam: Exam, phone: Client) -> Attempt:
    """A sitting that was started in the phone's browser."""
    answer = phone.post(reverse("exams:start", args=[exam.uuid]))
    attempt = Attempt.objects.get()
    assert went(answer) == url("sheet", attempt)
    return attempt


def test_the_whole_paper_comes_at_once_and_is_stored_nowhere(phone: Client, sat: Attempt) -> None:
    page = phone.get(url("sheet", sat))
    text = page.content.decode()
    assert all(item.version.stem in text for item in items(sat))
    assert "no-store" in page.headers["Cache-Control"]


def add_examples(bank: QuestionBank, kind: str, at: datetime) -> int:
    drafts = [drafted(each.exchanged(media=PHOTOS)) for each in EXAMPLES if each.type == kind]
    return add_questions(bank=bank, drafts=drafts, by=None, at=at)


@pytest.mark.parametrize("kind", sorted(types.registered()))
def test_no_page_before_the_release_knows_the_key(
    kind: str, make_exam: Callable[..., Exam], bank: Any, li_zhendong: Person, client_of: Any, at: datetime
) -> None:
    """A01, for every registered type: HTML and JSON, during the sitting and after it until the release."""
    have = bank.questions.filter(type=kind).count() or add_examples(bank, kind, at)
    rules = [PlannedRule(bank, have, Decimal(1), kind)]
    if kind == "score_sheet":  # nothing but score sheets, nobody sits alone
        rules.append(PlannedRule(bank, 1, Decimal(1), "single"))
    exam = make_exam(rules=rules, release_at=at + timedelta(days=1))
    enrolled(exam, li_zhendong, at)
    phone = client_of(li_zhendong)
    phone.post(reverse("exams:start", args=[exam.uuid]))
    attempt = Attempt.objects.get()
    seen = [phone.get(url("sheet", attempt)), post(phone, url("answer", attempt), op(attempt))]
    seen += [post(phone, url("answer", attempt), op(attempt, payload=[1]))]  # stale
    seen += [post(phone, url("submit", attempt), {"holder": str(attempt.holder)})]
    seen += [post(phone, url("answer", attempt), op(attempt, item=2))]  # closed
    seen += [phone.get(reverse("exams:notice", args=[exam.uuid])), phone.get(reverse("exams:list"))]
    seen += [phone.get(url("result", attempt))]
    for page in seen:
        text = page.content.decode()
        assert not [secret for secret in SECRETS if secret in text], page.request["PATH_INFO"]
    assert "0 / 1 分" not in seen[-1].content.decode() and "未通过" not in seen[-1].content.decode()


@pytest.mark.parametrize("kind", types.registered().values(), ids=lambda kind: kind.key)
def test_every_type_declares_what_may_be_sent_and_sends_nothing_else(kind: types.QuestionType) -> None:
    reviewed = {"options", "items", "left", "right", "blanks", "units", "parts", "words", "lines", "longest"}
    reviewed |= {"image", "width", "height", "alt", "most"}
    assert set(type(kind).public_schema) <= reviewed, "a new public field needs a review of what it gives away"
    example = next(each for each in EXAMPLES if each.type == kind.key)
    content = {**example.content, "correct": [0], "explanation": "解析"}
    shown = types.public(kind, content, example.order())
    assert set(shown) == set(kind.public_schema)
    assert all(isinstance(shown[field], wanted) for field, wanted in kind.public_schema.items())


def test_the_sheet_keeps_given_answers_and_versions(phone: Client, sat: Attempt) -> None:
    post(phone, url("answer", sat), op(sat, payload=[1]))
    text = phone.get(url("sheet", sat)).content.decode()
    assert 'data-item="1" data-version="1"' in text
    assert 'name="item-1" value="1" id="item-1-1" checked' in text


def test_a_receipt_comes_back(phone: Client, sat: Attempt) -> None:
    sent = op(sat, payload=[0], seq=3)
    answer = post(phone, url("answer", sat), sent).json()
    receipt = answer["receipt"]
    assert (receipt["op_id"], receipt["seq"], receipt["item"], receipt["version"]) == (sent["op_id"], 3, 1, 1)
    assert receipt["sha256"] == Answer.objects.get().sha256
    assert answer["deadline"] == sat.deadline.isoformat()


@pytest.mark.parametrize(
    "changes",
    [{"op_id": "x"}, {"op_id": None}, {"item": "1"}, {"item": True}, {"item": -1}, {"seq": 1.5},
     {"base_version": None}, {"holder": 5}, {"payload": [9]}, {"payload": "A"}, {"payload": [[0]]},
     {"payload": {"a": 1}}],
)  # fmt: skip
def test_a_malformed_answer_is_refused_and_nothing_is_stored(phone: Client, sat: Attempt, changes: Any) -> None:
    assert post(phone, url("answer", sat), op(sat, **changes)).status_code == 400
    assert not Answer.objects.exists()


@pytest.mark.parametrize("body", [b"", b"[]", b"null", b"{", b"[" * 60000, b'{"a":' * 20000, b"\xff", b" " * 70000])
def test_what_is_no_json_is_refused(phone: Client, sat: Attempt, body: bytes) -> None:
    assert phone.post(url("answer", sat), body, content_type="application/json").status_code == 400


def test_an_unknown_question_is_not_found(phone: Client, sat: Attempt) -> None:
    assert post(phone, url("answer", sat), op(sat, item=99)).status_code == 404


def test_fields_the_server_decides_are_ignored(phone: Client, sat: Attempt) -> None:
    """A24."""
    forged = op(sat, score=100, received_at="2000-01-01", deadline="2099-01-01", number=5, person=1, version=9)
    assert post(phone, url("answer", sat), forged).json()["receipt"]["version"] == 1
    before = (sat.deadline, sat.number, sat.person_id)
    sat.refresh_from_db()
    assert (sat.deadline, sat.number, sat.person_id) == before


def test_a_stale_tab_is_told_the_newer_answer(phone: Client, sat: Attempt) -> None:
    post(phone, url("answer", sat), op(sat, payload=[1]))
    answer = post(phone, url("answer", sat), op(sat, payload=[0]))
    assert (answer.status_code, answer.json()) == (409, {"error": "stale", "item": 1, "version": 1, "payload": [1]})


def test_after_the_deadline_an_answer_is_refused_and_the_sitting_closes(
    phone: Client, sat: Attempt, move_clock: Callable[[float], None]
) -> None:
    """A05, A06: the next write closes what the sweep has not closed yet."""
    move_clock(30 * 60 + 12)
    answer = post(phone, url("answer", sat), op(sat))
    assert (answer.status_code, answer.json()["error"]) == (409, "closed")
    late = Answer.objects.get(standing="late")
    assert answer.json()["kept"] == {"op_id": str(late.op_id), "sha256": late.sha256}
    sat.refresh_from_db()
    assert (sat.state, sat.closed_by) == (Attempt.State.SUBMITTED, "deadline")
    assert went(phone.get(url("sheet", sat))) == url("result", sat)


def test_reading_an_expired_sitting_shows_the_result_but_changes_nothing(
    phone: Client, sat: Attempt, move_clock: Callable[[float], None]
) -> None:
    """P8 while no sweep runs."""
    move_clock(30 * 60 + 12)
    assert went(phone.get(url("sheet", sat))) == url("result", sat)
    text = phone.get(url("result", sat)).content.decode()
    assert "考试时间到，已自动交卷" in text and "未通过" in text
    sat.refresh_from_db()
    assert sat.state == Attempt.State.IN_PROGRESS


def test_starting_after_an_expired_sitting_closes_it_first(
    make_exam: Callable[..., Exam], li_zhendong: Person, client_of: Any, at: datetime, move_clock: Any
) -> None:
    exam = make_exam(max_attempts=2)
    enrolled(exam, li_zhendong, at)
    phone = client_of(li_zhendong)
    phone.post(reverse("exams:start", args=[exam.uuid]))
    move_clock(3600)
    phone.post(reverse("exams:start", args=[exam.uuid]))
    assert list(Attempt.objects.order_by("number").values_list("number", "state")) == [
        (1, "submitted"),
        (2, "in_progress"),
    ]


def test_handing_in_twice_is_one_result(phone: Client, sat: Attempt) -> None:
    answers = [post(phone, url("submit", sat), {"holder": str(sat.holder)}) for _tap in range(3)]
    assert [answer.json() for answer in answers] == [{"redirect": url("result", sat)}] * 3
    assert Attempt.objects.count() == 1


@pytest.mark.parametrize(
    ("told", "kept"),
    [("2026-03-02T09:00:00.000Z", "2026-03-02T09:00:00+00:00"), ("2026-03-02T09:00:00", None), ("x\0", None),
     (5, None), ("0001-01-01T00:00:00+14:00", None)],
)  # fmt: skip
def test_when_an_answer_was_given_is_the_devices_word(
    phone: Client, sat: Attempt, told: Any, kept: str | None
) -> None:
    post(phone, url("answer", sat), op(sat, written_at=told))
    written = Answer.objects.get().written_at
    assert (written and written.isoformat()) == kept


def test_the_key_to_what_a_phone_keeps_goes_with_the_log_out(phone: Client, sat: Attempt) -> None:
    """P18: it comes with the sheet, is the same after the next log-in, and is nobody else's."""
    phone.get(url("sheet", sat))
    name = f"own-{sat.uuid.hex[:12]}"
    secret = phone.cookies[name].value
    assert len(bytes.fromhex(secret)) == 32
    phone.post(reverse("account_logout"))
    assert not phone.cookies[name].value
    phone.force_login(sat.person, backend="lms.people.login.StaffNumberBackend")
    phone.get(url("sheet", sat))
    assert phone.cookies[name].value == secret


def test_after_handing_in_the_sheet_is_the_result_and_an_answer_is_refused(phone: Client, sat: Attempt) -> None:
    """A15."""
    post(phone, url("submit", sat), {"holder": str(sat.holder)})
    assert went(phone.get(url("sheet", sat))) == url("result", sat)
    answer = post(phone, url("answer", sat), op(sat))
    assert (answer.status_code, answer.json()["error"]) == (409, "closed")


def test_another_device_is_asked_and_the_first_one_then_stops(
    phone: Client, sat: Attempt, taker: Taker, client_of: Callable[[Person], Client]
) -> None:
    """A25."""
    other = client_of(taker.person)
    asked = other.get(url("sheet", sat)).content.decode()
    assert "在本机继续" in asked and "item-1" not in asked and str(sat.holder) not in asked
    assert went(other.post(url("takeover", sat))) == url("sheet", sat)
    assert "item-1" in other.get(url("sheet", sat)).content.decode()
    late = post(phone, url("answer", sat), op(sat))
    assert (late.status_code, late.json()) == (409, {"error": "taken_over"})
    assert post(phone, url("submit", sat), {"holder": str(sat.holder)}).status_code == 409
    assert "在本机继续" in phone.get(url("sheet", sat)).content.decode()


def test_nobody_elses_sitting_exists(
    sat: Attempt, exam: Exam, make_person: Any, client_of: Any, ma_yue: Person
) -> None:
    """A02, A03: neither for a colleague nor for an examiner, and not without log-in."""
    for person in (make_person("00120099", "同事", "YL0901"), ma_yue):
        client = client_of(person)
        for name in ("sheet", "result"):
            assert client.get(url(name, sat)).status_code == 404
        for name in ("answer", "leaves", "submit", "takeover"):
            assert post(client, url(name, sat), op(sat, leaves=[])).status_code == 404
        assert client.get(reverse("exams:notice", args=[exam.uuid])).status_code == 404
        assert client.post(reverse("exams:start", args=[exam.uuid])).status_code == 404
    assert not Answer.objects.exists()


def test_without_log_in_a_script_gets_401_and_a_page_the_log_in(sat: Attempt) -> None:
    answer = post(Client(), url("answer", sat), op(sat))
    assert (answer.status_code, answer.json()) == (401, {"error": "login"})
    assert "/accounts/login/" in went(Client().get(url("sheet", sat)))


@pytest.mark.parametrize("name", ["answer", "submit", "takeover"])
def test_reading_a_writing_address_changes_nothing(phone: Client, sat: Attempt, name: str) -> None:
    assert phone.get(url(name, sat)).status_code == 405


def test_writing_needs_the_csrf_token(taker: Taker, sat: Attempt) -> None:
    """A18."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(taker.person, backend="lms.people.login.StaffNumberBackend")
    assert post(client, url("submit", sat), {"holder": str(sat.holder)}).status_code == 403


def test_a_released_result_explains_wrong_answers(exam: Exam, taker: Taker, phone: Client, at: datetime) -> None:
    attempt = start(exam, taker.person, at)
    answer_all(attempt, at, right=4)
    hand_in(attempt, at)
    text = phone.get(url("result", attempt)).content.decode()
    assert "已通过" in text and "1 道题未得满分" in text and "解析" in text


def test_the_list_shows_what_to_sit_what_runs_and_what_is_done(
    exam: Exam, taker: Taker, phone: Client, at: datetime
) -> None:
    page = phone.get(reverse("exams:list"))
    assert page.context["groups"].now[0].exam == exam
    attempt = start(exam, taker.person, at)
    assert "进行中" in phone.get(reverse("exams:list")).content.decode()
    answer_all(attempt, at)
    hand_in(attempt, at)
    assert "已通过" in phone.get(reverse("exams:list")).content.decode()
    assert "您已通过这场考试" in phone.get(reverse("exams:notice", args=[exam.uuid])).content.decode()


def test_a_closed_exam_says_why(make_exam: Any, li_zhendong: Person, client_of: Any, at: datetime) -> None:
    exam = make_exam(opens_at=at + timedelta(days=1))
    enrolled(exam, li_zhendong, at)
    phone = client_of(li_zhendong)
    text = phone.get(reverse("exams:notice", args=[exam.uuid])).content.decode()
    assert "考试还没有开始" in text and "开始考试" not in text
    assert phone.post(reverse("exams:start", args=[exam.uuid])).url == reverse("exams:notice", args=[exam.uuid])
    assert not Attempt.objects.exists()


def test_a_used_up_limit_names_who_can_help(
    exam: Exam, taker: Taker, phone: Client, ma_yue: Person, at: datetime
) -> None:
    hand_in(start(exam, taker.person, at), at)
    assert "请联系考试管理员" in phone.get(reverse("exams:notice", args=[exam.uuid])).content.decode()
    actions.reopen(exam=exam, enrolment=taker.enrolment, reason="停电", by=ma_yue, at=at)
    assert "开始考试" in phone.get(reverse("exams:notice", args=[exam.uuid])).content.decode()


def test_a_session_that_ends_in_the_middle_loses_nothing(phone: Client, sat: Attempt, taker: Taker) -> None:
    """401, log in again in place, and the same operation gets its receipt; the device still holds the sitting."""
    taker.person.set_password("Correct-Horse-7")
    taker.person.save()
    sent = op(sat)
    assert post(phone, url("answer", sat), sent).status_code == 401  # the new password ended the session
    login = {"login": taker.person.staff_no, "password": "Correct-Horse-7", "expected": str(taker.person.uuid)}
    assert phone.post(reverse("account_relogin"), login, headers={"Accept": "application/json"}).status_code == 200
    assert post(phone, url("answer", sat), sent).json()["receipt"]["op_id"] == sent["op_id"]
    assert "item-1" in phone.get(url("sheet", sat)).content.decode()
