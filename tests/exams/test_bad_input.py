"""What phones send by mistake or on purpose, characters that few know, and clocks that change."""

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone

from exams import actions
from exams.actions import PlannedRule, add_questions
from exams.exchange.drafting import drafted
from exams.facts import Closed, Receipt, fingerprint
from exams.models import Answer, Attempt, Exam, QuestionBank
from lms.people.models import Person
from tests.exams.conftest import Taker, enrolled
from tests.exams.examples import Example
from tests.exams.sitting import items, save, start
from tests.exams.test_doors import op, post, url

pytestmark = pytest.mark.django_db
RARE = "𠮷㐂䶮𬭎·👷🏽‍♀️é"  # beyond the first plane, variants, joined, composed


ESSAY = Example("essay", {}, {"rubric": [], "reference": "略"}, f"论述{RARE}")
BLANK = Example(
    "fill_in",
    {"blanks": [{"kind": "text"}]},
    {"blanks": [{"accepted": [{"text": RARE}, {"text": "𠮷"}]}]},
    f"填写{RARE}{{{{1}}}}",
)


@pytest.fixture
def places(
    bank: QuestionBank, make_exam: Callable[..., Exam], taker: Taker, at: datetime
) -> tuple[Attempt, dict[str, int]]:
    """A sitting with an essay, a blank to fill in and a choice, and where they stand."""
    add_questions(bank=bank, drafts=[drafted(each.exchanged()) for each in (ESSAY, BLANK)], by=None, at=at)
    exam = make_exam(rules=[PlannedRule(bank, 1, Decimal(2), kind) for kind in ("essay", "fill_in", "single")])
    enrolled(exam, taker.person, at)
    attempt = start(exam, taker.person, at)
    return attempt, {item.version.type: item.position for item in items(attempt)}


@pytest.fixture
def phone(taker: Taker, client_of: Callable[[Person], Client]) -> Client:
    return client_of(taker.person)


def test_an_answer_of_a_megabyte_is_refused_and_nothing_else_is_lost(
    places: tuple[Attempt, dict[str, int]], phone: Client
) -> None:
    attempt, at_position = places
    door, essay, single = url("answer", attempt), at_position["essay"], at_position["single"]
    assert post(phone, door, op(attempt, item=essay, payload="先写的")).status_code == 200
    for length in (60_000, 350_000):
        refused = post(phone, door, op(attempt, item=essay, base_version=1, payload="长" * length))
        assert refused.status_code == 413
        assert refused.json()["error"] == "too_large"
    assert post(phone, door, op(attempt, item=essay, base_version=1, payload="长" * 20_001)).status_code == 400
    assert post(phone, door, op(attempt, item=single, payload=[1])).status_code == 200
    now = {item.position: item.answer for item in items(attempt)}
    assert (now[essay], now[single]) == ("先写的", [1])
    assert Answer.objects.count() == 2
    assert post(phone, url("submit", attempt), {"holder": str(attempt.holder), "x": "长" * 60_000}).status_code == 400
    attempt.refresh_from_db()
    assert attempt.state == Attempt.State.IN_PROGRESS


def test_the_longest_essay_fits_in_the_rarest_characters(
    places: tuple[Attempt, dict[str, int]], phone: Client
) -> None:
    attempt, at_position = places
    text = "𠮷" * 20_000
    reply = post(phone, url("answer", attempt), op(attempt, item=at_position["essay"], payload=text))
    assert reply.status_code == 200
    assert reply.json()["receipt"]["sha256"] == fingerprint(text)
    assert items(attempt)[at_position["essay"] - 1].answer == text


def test_rare_characters_come_through_to_the_result(
    places: tuple[Attempt, dict[str, int]], phone: Client, at: datetime
) -> None:
    attempt, at_position = places
    phone.post(url("takeover", attempt))
    attempt.refresh_from_db()
    given = op(attempt, item=at_position["fill_in"], payload=[RARE])
    assert post(phone, url("answer", attempt), given).status_code == 200
    assert phone.get(url("sheet", attempt)).text.count(RARE) >= 2  # asked, and given
    post(phone, url("submit", attempt), {"holder": str(attempt.holder)})
    attempt.refresh_from_db()
    assert attempt.score == 2  # the empty essay has none
    assert RARE in phone.get(url("result", attempt)).text


@pytest.mark.parametrize("payload", ["\x00", "\ud800", "a\udfff", "\u0000停电"])
def test_what_no_database_keeps_is_taken_out_or_refused(
    places: tuple[Attempt, dict[str, int]], phone: Client, payload: str
) -> None:
    attempt, at_position = places
    reply = post(phone, url("answer", attempt), op(attempt, item=at_position["essay"], payload=payload))
    assert reply.status_code in (200, 400)


CHANGES = [  # clocks go forward, go back, and a place without either
    ("America/New_York", "2026-03-08T06:45:00+00:00"),
    ("America/New_York", "2026-11-01T05:45:00+00:00"),
    ("Europe/Berlin", "2026-10-25T00:45:00+00:00"),
    ("Asia/Shanghai", "2026-11-01T05:45:00+00:00"),
    ("Australia/Lord_Howe", "2026-04-04T14:45:00+00:00"),
]


@pytest.mark.parametrize(("zone", "began"), CHANGES)
def test_a_deadline_is_a_moment_whatever_clocks_are_changed_to(
    make_exam: Callable[..., Exam], make_person: Callable[..., Person], zone: str, began: str
) -> None:
    """P7, F15: started in local time before the change, ended after it; exactly thirty minutes and ten seconds."""
    at = datetime.fromisoformat(began)
    exam, person = make_exam(), make_person("00770001", "考生", "YL0901")
    enrolled(exam, person, at)
    with timezone.override(zone):
        attempt = start(exam, person, at.astimezone(ZoneInfo(zone)))
    attempt.refresh_from_db()
    assert attempt.deadline - at == timedelta(minutes=30)
    last, after = ((attempt.deadline + timedelta(seconds=seconds)).astimezone(ZoneInfo(zone)) for seconds in (10, 11))
    with timezone.override(zone):
        assert isinstance(save(attempt, 1, [0], last), Receipt)
        assert not actions.close_expired(at=last)
        assert isinstance(save(attempt, 2, [0], after), Closed)
        assert actions.close_expired(at=after) == 1
    attempt.refresh_from_db()
    assert attempt.submitted_at == attempt.deadline
