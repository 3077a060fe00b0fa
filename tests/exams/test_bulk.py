"""Changing many questions at once."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client
from django.urls import reverse

from exams.actions import add_questions, states
from exams.actions.edit_many import edit_many, outlook
from exams.actions.outdate import document_changed
from exams.actions.states import NoReason
from exams.bulk import Wish
from exams.models import Question, QuestionBank, QuestionVersion
from exams.queries.found import Wanted, offered
from exams.queries.outdated import groups
from lms.journal.models import Entry
from lms.people.models import Person, PositionTag
from tests.exams.conftest import single

pytestmark = pytest.mark.django_db
State = Question.State


@pytest.fixture
def one(bank: QuestionBank) -> Question:
    return bank.questions.select_related("bank__unit", "current").get(code="D0")


def carry_out(bank: QuestionBank, by: Person, at: datetime, **wish: object) -> int:
    plans = edit_many(bank=bank, questions=bank.questions.all(), wish=Wish(**wish), by=by, at=at)  # type: ignore[arg-type]
    return sum(bool(plan.changes) for plan in plans)


def test_facts_and_tags_change_without_a_new_version(bank: QuestionBank, ma_yue: Person, at: datetime) -> None:
    before = bank.mark
    assert carry_out(bank, ma_yue, at, topic="安规/验电", difficulty=4, skill=3, add_tags=("变电", "抢修")) == 18
    assert carry_out(bank, ma_yue, at, topic="安规/验电", difficulty=4, add_tags=("变电",)) == 0, "so already"
    assert carry_out(bank, ma_yue, at, remove_tags=("变电", "没有")) == 18
    one = bank.questions.get(code="M3")
    assert (one.topic, one.difficulty, one.skill) == ("安规/验电", 4, 3)
    assert [tag.name for tag in one.tags.all()] == ["抢修"]
    assert QuestionVersion.objects.filter(question__bank=bank).count() == 18
    bank.refresh_from_db()
    assert bank.mark != before
    entry = Entry.objects.filter(kind="questions-edited").order_by("pk").first()
    assert entry and len(entry.payload["questions"]) == 18
    assert entry.payload["fields"] == ["difficulty", "skill", "tags", "topic"]


def test_what_stands_beside_the_words_makes_a_version_with_the_same_words(
    bank: QuestionBank, one: Question, ma_yue: Person, at: datetime
) -> None:
    plans = edit_many(
        bank=bank, questions=bank.questions.filter(type="single"), by=ma_yue, at=at,
        wish=Wish(basis_edition="2026 版", valid_until=date(2099, 1, 1)),
    )  # fmt: skip
    assert sum(bool(plan.changes) for plan in plans) == 6
    now = Question.objects.select_related("current").get(pk=one.pk)
    assert now.current and one.current and now.state == State.ACTIVE
    assert (now.current.number, now.current.basis_edition, now.current.valid_until) == (2, "2026 版", date(2099, 1, 1))
    assert (now.current.stem, now.current.key) == (one.current.stem, one.current.key)
    edit_many(bank=bank, questions=bank.questions.filter(pk=one.pk), wish=Wish(endless=True), by=ma_yue, at=at)
    assert one.versions.get(number=3).valid_until is None


def test_each_question_that_may_not_be_changed_says_why(
    bank: QuestionBank, one: Question, ma_yue: Person, at: datetime
) -> None:
    two = bank.questions.select_related("bank__unit").get(code="D1")
    states.retire(question=one, reason="重复", by=ma_yue, at=at)
    states.recheck(question=two, reason="存疑", by=ma_yue, at=at)
    states.send_to_review(question=two, by=ma_yue, at=at)
    wish = Wish(basis_edition="2026 版")
    plans = {plan.question.code: plan for plan in outlook(bank.questions.order_by("code"), wish)}
    assert plans["D0"].refusal and plans["D1"].refusal and plans["M0"].refusal, "out of use, in review, no document"
    assert plans["D2"].changes and not plans["D2"].refusal
    assert len({plans[code].refusal for code in ("D0", "D1", "M0")}) == 3
    assert carry_out(bank, ma_yue, at, basis_edition="2026 版") == 4
    assert one.versions.count() == 1


def test_steps_follow_the_life_of_a_question(bank: QuestionBank, one: Question, ma_yue: Person, at: datetime) -> None:
    with pytest.raises(NoReason):
        carry_out(bank, ma_yue, at, step="retire")
    assert carry_out(bank, ma_yue, at, step="review") == 0, "what is in use needs no review"
    document_changed(titles=["安规"], edition="2026 版", banks=QuestionBank.objects.all(), by=None, at=at)
    assert carry_out(bank, ma_yue, at, step="review") == 6
    now = Question.objects.get(pk=one.pk)
    assert (now.state, now.state_by, now.outdated, now.new_edition) == (State.REVIEW, ma_yue, "", "")
    assert carry_out(bank, ma_yue, at, step="retire", reason="旧规程") == 18
    assert set(bank.questions.values_list("state", "state_reason")) == {(State.RETIRED, "旧规程")}


def test_the_list_is_filtered(bank: QuestionBank, ma_yue: Person, at: datetime) -> None:
    edit_many(
        bank=bank, questions=bank.questions.filter(code="D3"), by=ma_yue, at=at,
        wish=Wish(topic="验电/高压", difficulty=5, add_tags=("抢修",)),
    )  # fmt: skip
    for query, count in (
        ("topic=验电", 12), ("topic=验电/高压", 1), ("topic=验", 0), ("difficulty=5", 1), ("difficulty=9", 18),
        ("tag=抢修", 1), ("document=《安规》", 6), ("q=第 2 题", 3), ("q=D2", 1), ("type=single&state=active", 6),
        ("state=x&type=y", 18), ("q=%00", 18),
    ):  # fmt: skip
        assert Wanted.of(QueryDict(query)).questions(bank).count() == count, query
    assert offered(bank).topics == ["接地", "验电", "验电/高压"]
    assert (offered(bank).tags, offered(bank).documents) == (["抢修"], ["《安规》"])


def test_the_desk_shows_what_would_change_before_anything_does(
    bank: QuestionBank, one: Question, ma_yue: Person, client_of: Callable[[Person], Client]
) -> None:
    PositionTag.objects.get_or_create(key="live", defaults={"label": "电气作业"})
    desk, where = client_of(ma_yue), reverse("exams:bulk", args=[bank.uuid])
    assert str(one.uuid) in desk.get(reverse("exams:bank", args=[bank.uuid]), {"type": "single"}).content.decode()
    chosen = {"question": [one.uuid]}
    assert "已选 1 道题" in desk.post(where, chosen).content.decode()
    sent = {**chosen, "difficulty": "5", "posts": ["live"]}
    page = desk.post(where, {**sent, "preview": "1"}).content.decode()
    assert "<ins>5</ins>" in page and "<ins>电气作业</ins>" in page
    one.refresh_from_db()
    assert one.difficulty == 3
    assert desk.post(where, {**sent, "apply": "1"}).status_code == 302
    one.refresh_from_db()
    assert one.difficulty == 5 and [tag.name for tag in one.tags.all()] == ["电气作业"]
    every = {"every": "1", "type": "single", "step": "retire", "apply": "1"}
    assert "请填写原因" in desk.post(where, every).content.decode()
    assert desk.post(where, {**every, "reason": "重复"}).status_code == 302
    assert bank.questions.filter(state=State.RETIRED).count() == 6
    assert "请说明要修改什么" in desk.post(where, {**chosen, "preview": "1"}).content.decode()
    assert desk.post(where, {"question": "x"}).status_code == 302


def test_pages_of_a_bank_send_no_more_statements_for_more_questions(
    bank: QuestionBank, ma_yue: Person, client_of: Callable[[Person], Client], at: datetime, statements: Any
) -> None:
    desk = client_of(ma_yue)
    add_questions(bank=bank, drafts=[single(n) for n in range(100, 160)], by=None, at=at)
    document_changed(titles=["安规"], edition="2026 版", banks=QuestionBank.objects.all(), by=None, at=at)
    group = groups(ma_yue)[0]
    desk.get(reverse("exams:banks"))
    with statements(at_most=15):
        desk.get(reverse("exams:bank", args=[bank.uuid]))
    with statements(at_most=15):
        desk.get(reverse("exams:outdated"))
    with statements(at_most=12):
        desk.get(f"{reverse('exams:outdated')}?{group.query}")
    with statements(at_most=16):
        desk.post(reverse("exams:bulk", args=[bank.uuid]), {"every": "1", "difficulty": "5", "preview": "1"})


def test_carrying_out_sends_no_more_statements_for_more_questions(
    bank: QuestionBank, ma_yue: Person, at: datetime, statements: Any
) -> None:
    add_questions(bank=bank, drafts=[single(n) for n in range(100, 160)], by=None, at=at)
    wish = Wish(difficulty=5, add_tags=("抢修",), basis_edition="2026 版")
    with statements(at_most=22):
        edit_many(bank=bank, questions=bank.questions.filter(type="single"), wish=wish, by=ma_yue, at=at)
    assert bank.questions.filter(difficulty=5).count() == 66
