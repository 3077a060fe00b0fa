"""Papers: fixed ones, no repeats, questions that are used up, stocks at hand."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from exams import actions, queries
from exams.actions import PlannedRule
from exams.actions.banks import changed
from exams.models import Attempt, Exam, Exposure, Question, QuestionBank
from exams.queries.papers import papers_of
from exams.rules.drawing import Infeasible
from lms.people.models import Person
from tests.exams.conftest import enrolled, single
from tests.exams.sitting import hand_in, start

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def asked(attempt: Attempt) -> set[int]:
    return set(attempt.items.values_list("version__question", flat=True))


def sit_again(exam: Exam, person: Person, at: datetime) -> Attempt:
    return hand_in(start(exam, person, at), at)


@pytest.fixture
def rules(bank: QuestionBank) -> list[PlannedRule]:
    return [PlannedRule(bank, 3, Decimal(2), "single")]


def test_the_next_attempt_asks_other_questions(
    make_exam: Callable[..., Exam], rules: Any, li_zhendong: Person, at: datetime
) -> None:
    exam = make_exam(rules=rules, max_attempts=5)
    enrolled(exam, li_zhendong, at)
    papers = [asked(sit_again(exam, li_zhendong, at)) for _ in range(4)]
    assert all(not one & next_one for one, next_one in zip(papers, papers[1:], strict=False))


def test_a_bank_too_small_for_that_turns_nobody_away(
    make_exam: Callable[..., Exam], bank: QuestionBank, li_zhendong: Person, at: datetime
) -> None:
    exam = make_exam(rules=[PlannedRule(bank, 5, Decimal(2), "single")], max_attempts=2)
    enrolled(exam, li_zhendong, at)
    first, second = (asked(sit_again(exam, li_zhendong, at)) for _ in range(2))
    assert len(second) == 5
    assert len(first & second) >= 4


def test_a_question_that_was_in_as_many_papers_as_it_may_stays_out(
    make_exam: Callable[..., Exam], rules: Any, li_zhendong: Person, xie_yulan: Person, at: datetime
) -> None:
    exam = make_exam(rules=rules, exposure_limit=1)
    for person in (li_zhendong, xie_yulan):
        enrolled(exam, person, at)
    first = asked(start(exam, li_zhendong, at))
    for later in (2, 3, 3):  # counted once, however often it is counted
        actions.count_exposure(at=at + later * MINUTE)
    assert dict(Exposure.objects.values_list("question", "papers")) == dict.fromkeys(first, 1)
    assert not asked(start(exam, xie_yulan, at + 4 * MINUTE)) & first


def test_papers_drawn_later_are_added_to_the_count(
    make_exam: Callable[..., Exam], bank: QuestionBank, li_zhendong: Person, xie_yulan: Person, at: datetime
) -> None:
    exam = make_exam(rules=[PlannedRule(bank, 6, Decimal(1), "single")], exposure_limit=9)
    for number, person in enumerate((li_zhendong, xie_yulan)):
        enrolled(exam, person, at)
        start(exam, person, at + 5 * number * MINUTE)
        actions.count_exposure(at=at + (5 * number + 2) * MINUTE)
    assert set(Exposure.objects.values_list("papers", flat=True)) == {2}


def test_a_new_question_can_be_drawn_at_once(make_exam: Callable[..., Exam], bank: QuestionBank, at: datetime) -> None:
    with pytest.raises(Infeasible):
        make_exam(rules=[PlannedRule(bank, 7, Decimal(1), "single")])
    actions.add_questions(bank=bank, drafts=[single(77)], by=None, at=at)
    assert make_exam(rules=[PlannedRule(bank, 7, Decimal(1), "single")])


def test_a_question_that_left_unannounced_is_never_on_a_paper(
    make_exam: Callable[..., Exam], rules: Any, bank: QuestionBank, li_zhendong: Person, at: datetime
) -> None:
    exam = make_exam(rules=rules)
    gone = set(bank.questions.filter(type="single").order_by("pk").values_list("pk", flat=True)[:3])
    Question.objects.filter(pk__in=gone).update(state=Question.State.RETIRED)
    enrolled(exam, li_zhendong, at)
    assert not asked(start(exam, li_zhendong, at)) & gone


def test_two_banks_with_one_mark_are_two_stocks(bank: QuestionBank, at: datetime) -> None:
    other = actions.open_bank(name="另一题库", unit=bank.unit, by=None, at=at)
    QuestionBank.objects.filter(pk=other.pk).update(mark=bank.mark)
    assert queries.stock({other.pk: bank.mark}).cells == {}
    assert queries.stock({bank.pk: bank.mark}).cells


def test_a_topic_and_a_difficulty_narrow_a_rule(
    make_exam: Callable[..., Exam], bank: QuestionBank, li_zhendong: Person, at: datetime
) -> None:
    drafts = [replace(single(n, topic="安规/接地"), difficulty=1 + n % 5) for n in range(100, 110)]
    actions.add_questions(bank=bank, drafts=drafts, by=None, at=at)
    exam = make_exam(rules=[PlannedRule(bank, 4, Decimal(1), "single", "安规", easiest=4)])
    enrolled(exam, li_zhendong, at)
    facts = start(exam, li_zhendong, at).items.values_list("version__question__topic", "version__question__difficulty")
    assert {topic for topic, _ in facts} == {"安规/接地"}
    assert sorted(difficulty for _, difficulty in facts) == [4, 4, 5, 5]


def test_a_tag_narrows_a_rule(
    make_exam: Callable[..., Exam], bank: QuestionBank, li_zhendong: Person, at: datetime
) -> None:
    actions.add_questions(bank=bank, drafts=[replace(single(n), tags=("带电",)) for n in (200, 201)], by=None, at=at)
    exam = make_exam(rules=[PlannedRule(bank, 2, Decimal(1), tag="带电")])
    enrolled(exam, li_zhendong, at)
    versions = start(exam, li_zhendong, at).items.values_list("version__question__code", flat=True)
    assert set(versions) == {"D200", "D201"}


def test_a_text_between_the_questions_is_worth_nothing(
    make_exam: Callable[..., Exam], bank: QuestionBank, li_zhendong: Person, at: datetime
) -> None:
    text = replace(single(300), type="description", content={}, key={}, hash="d" * 64)
    actions.add_questions(bank=bank, drafts=[text], by=None, at=at)
    exam = make_exam(
        rules=[PlannedRule(bank, 1, Decimal(2), "single"), PlannedRule(bank, 1, Decimal(2), "description")]
    )
    enrolled(exam, li_zhendong, at)
    assert start(exam, li_zhendong, at).max_score == 2


class TestFixedPapers:
    @pytest.fixture
    def exam(self, make_exam: Callable[..., Exam], rules: Any) -> Exam:
        return make_exam(rules=rules, papers=2, max_attempts=4)

    def test_they_share_nothing_where_the_bank_allows(self, exam: Exam) -> None:
        first, second = papers_of(exam)
        assert (first.paper.label, second.paper.label) == ("A", "B")
        assert not {line.item.version_id for line in first.lines} & {line.item.version_id for line in second.lines}
        assert (first.points, first.difficulty) == (Decimal(6), 3.0)

    def test_who_sits_again_gets_the_other_one(self, exam: Exam, li_zhendong: Person, at: datetime) -> None:
        enrolled(exam, li_zhendong, at)
        papers = [sit_again(exam, li_zhendong, at).paper for _ in range(4)]
        assert papers[0] != papers[1]
        assert papers[:2] == papers[2:]

    def test_neighbours_get_different_ones(
        self, exam: Exam, li_zhendong: Person, xie_yulan: Person, at: datetime
    ) -> None:
        for person in (li_zhendong, xie_yulan):
            enrolled(exam, person, at)
        assert start(exam, li_zhendong, at).paper != start(exam, xie_yulan, at).paper

    def test_a_question_can_be_replaced_until_somebody_sits(
        self, exam: Exam, li_zhendong: Person, ma_yue: Person, client_of: Any, at: datetime
    ) -> None:
        desk: Client = client_of(ma_yue)
        door = reverse("exams:replace_item", args=[exam.uuid, "A", 1])
        before = papers_of(exam)[0].lines[0].item.version_id
        answer = desk.post(door, follow=True).content.decode()
        assert "A 卷第 1 题已换成另一道题。" in answer
        after = papers_of(exam)[0].lines[0].item.version_id
        assert after != before
        enrolled(exam, li_zhendong, at)
        for _ in range(2):
            sit_again(exam, li_zhendong, at)
        assert "没有更换：已有人用这套试卷考过试。" in desk.post(door, follow=True).content.decode()
        assert papers_of(exam)[0].lines[0].item.version_id == after

    def test_a_bank_without_another_question_says_so(
        self, make_exam: Callable[..., Exam], bank: QuestionBank, ma_yue: Person, client_of: Any
    ) -> None:
        exam = make_exam(rules=[PlannedRule(bank, 6, Decimal(1), "single")], papers=1)
        door = reverse("exams:replace_item", args=[exam.uuid, "A", 1])
        assert "题库中没有其他同类题目" in client_of(ma_yue).post(door, follow=True).content.decode()

    def test_a_question_that_went_out_of_use_is_shown(
        self, exam: Exam, bank: QuestionBank, ma_yue: Person, client_of: Any
    ) -> None:
        bank.questions.filter(pk=papers_of(exam)[0].lines[0].item.version.question_id).update(state="retired")
        changed(bank)
        page = client_of(ma_yue).get(reverse("exams:papers", args=[exam.uuid])).content.decode()
        assert "有 1 道题" in page and "有变动" in page

    def test_too_few_questions_make_no_paper(self, make_exam: Callable[..., Exam], bank: QuestionBank) -> None:
        with pytest.raises(Infeasible):
            make_exam(rules=[PlannedRule(bank, 7, Decimal(1), "single")], papers=2)


def test_draws_do_not_send_more_statements_for_a_larger_bank(
    make_exam: Callable[..., Exam], rules: Any, bank: QuestionBank, at: datetime, statements: Any
) -> None:
    exam = make_exam(rules=rules)
    actions.add_questions(bank=bank, drafts=[single(n) for n in range(100, 400)], by=None, at=at)
    for allowed in (3, 1):  # what the bank has changed: it is read again, once
        with statements(at_most=allowed):
            actions.drawing.draw(exam.blueprint, queries.asked(exam.blueprint_id), Random(1))
