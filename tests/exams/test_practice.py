"""Runs, the book of mistakes, levels, and what may be practised at all."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from exams import actions, types
from exams.actions.mistakes import collect_mistakes
from exams.actions.practice import NothingToPractise, answer_item, open_for_practice
from exams.models import PracticeAnswer, PracticeCard, PracticeRun, Question, QuestionBank, WrongItem
from exams.queries import practice
from lms.journal.actions import deliver
from lms.journal.models import Entry
from lms.people.models import OrgUnit, Person
from tests.exams.conftest import Taker, enrolled, single
from tests.exams.practising import answer, answer_all, begin, item_of, opened
from tests.exams.sitting import answer_all as answer_paper
from tests.exams.sitting import hand_in, start

pytestmark = pytest.mark.django_db
Mode = PracticeRun.Mode
DAY = timedelta(days=1)


@pytest.fixture
def open_bank(bank: QuestionBank, at: datetime) -> QuestionBank:
    return opened(bank, at)


def book(person: Person, at: datetime) -> list[Question]:
    return [wrong.question for wrong in practice.mistakes(person, at=at)]


def test_a_bank_is_closed_for_practice_until_an_examiner_opens_it(
    bank: QuestionBank, li_zhendong: Person, ma_yue: Person, at: datetime
) -> None:
    with pytest.raises(NothingToPractise):
        begin(li_zhendong, at, Mode.DAILY)
    assert open_for_practice(bank=bank, opened=True, by=ma_yue, at=at)
    assert not open_for_practice(bank=bank, opened=True, by=ma_yue, at=at)
    assert begin(li_zhendong, at, Mode.DAILY).questions == 5
    assert [entry.by_person for entry in Entry.objects.filter(kind="bank-opened-for-practice")] == [ma_yue.pk]


def test_people_of_other_units_and_from_outside_do_not_practise_a_bank(
    open_bank: QuestionBank, li_zhendong: Person, peng_xiaojun: Person, shi_lei: Person,
    unit: Callable[[str], OrgUnit],
) -> None:  # fmt: skip
    assert [practice.banks_for(one).count() for one in (li_zhendong, peng_xiaojun, shi_lei)] == [1, 1, 0]
    open_bank.unit = unit("YL09")
    open_bank.save()
    assert [practice.banks_for(one).count() for one in (li_zhendong, peng_xiaojun)] == [1, 0]
    open_bank.unit = None
    open_bank.save()
    assert [practice.banks_for(one).count() for one in (peng_xiaojun, shi_lei)] == [1, 0]


def test_only_questions_in_use_and_in_force_are_practised(
    open_bank: QuestionBank, li_zhendong: Person, at: datetime
) -> None:
    everything = practice.practicable(li_zhendong, at=at)
    assert everything.count() == 18
    one, two = everything.order_by("pk")[:2]
    Question.objects.filter(pk=one.pk).update(state=Question.State.RECHECK)
    assert two.current is not None
    two.current.valid_until = (at - 2 * DAY).date()
    two.current.save()
    assert everything.count() == 16


def test_an_answer_counts_once_however_often_it_arrives(
    open_bank: QuestionBank, li_zhendong: Person, at: datetime
) -> None:
    run = begin(li_zhendong, at, Mode.TOPIC, open_bank, topic="验电")
    first = answer(run, 1, at, right=False)
    again = answer(run, 1, at + timedelta(seconds=1), right=True)
    assert again == first
    run.refresh_from_db()
    assert (run.answered, run.right, PracticeAnswer.objects.count()) == (1, 0, 1)
    assert PracticeCard.objects.get().answers == 1


def test_nothing_chosen_or_malformed_is_no_answer(open_bank: QuestionBank, li_zhendong: Person, at: datetime) -> None:
    run = begin(li_zhendong, at, Mode.TOPIC, open_bank, topic="验电")
    for raw in ([], None, [99], "x"):
        with pytest.raises(types.Malformed):
            answer_with(run, raw, at)
    assert not PracticeAnswer.objects.exists()


def answer_with(run: PracticeRun, raw: object, at: datetime) -> None:
    answer_item(item=item_of(run, 1), raw=raw, by=run.person, at=at)


def test_beginning_twice_begins_one_run(open_bank: QuestionBank, li_zhendong: Person, at: datetime) -> None:
    one = begin(li_zhendong, at, Mode.TOPIC, open_bank, topic="验电")
    assert begin(li_zhendong, at, Mode.TOPIC, open_bank, topic="验电") == one
    answer(one, 1, at, right=True)
    assert begin(li_zhendong, at, Mode.TOPIC, open_bank, topic="验电") != one
    assert begin(li_zhendong, at, Mode.TOPIC, open_bank, topic="接地") != one


def test_a_topic_asks_what_was_not_met_first(open_bank: QuestionBank, li_zhendong: Person, at: datetime) -> None:
    first = answer_all(begin(li_zhendong, at, Mode.TOPIC, open_bank, topic="验电"), at)
    assert first.questions == 10 and first.finished_at == at
    second = begin(li_zhendong, at, Mode.TOPIC, open_bank, topic="验电")
    met = set(first.items.values_list("version", flat=True))
    places = list(second.items.values_list("version", flat=True))
    assert not met & set(places[:2]) and set(places[2:]) <= met


def test_a_type_is_practised_alone(open_bank: QuestionBank, li_zhendong: Person, at: datetime) -> None:
    run = begin(li_zhendong, at, Mode.TYPE, open_bank, type="true_false")
    assert set(run.items.values_list("version__type", flat=True)) == {"true_false"}


def test_a_mistake_leaves_the_book_after_three_right_answers_in_a_row(
    open_bank: QuestionBank, li_zhendong: Person, at: datetime
) -> None:
    answer(begin(li_zhendong, at, Mode.TOPIC, open_bank, topic="验电"), 1, at, right=False)
    assert len(book(li_zhendong, at)) == 1
    for number, right in enumerate([True, True, False, True, True], 1):
        at += timedelta(minutes=1)
        answer(begin(li_zhendong, at, Mode.MISTAKES), 1, at, right=right)
        assert len(book(li_zhendong, at)) == 1, number
    wrong = WrongItem.objects.get()
    assert (wrong.streak, wrong.times, wrong.left_at) == (2, 2, None)
    answer(begin(li_zhendong, at, Mode.MISTAKES), 1, at, right=True)
    assert book(li_zhendong, at) == []
    assert WrongItem.objects.get().left_at == at
    with pytest.raises(NothingToPractise):
        begin(li_zhendong, at, Mode.MISTAKES)


def test_a_question_comes_back_to_the_book_with_the_next_wrong_answer(
    open_bank: QuestionBank, li_zhendong: Person, at: datetime
) -> None:
    run = begin(li_zhendong, at, Mode.TOPIC, open_bank, topic="接地")
    answer(run, 1, at, right=False)
    WrongItem.objects.update(left_at=at)
    at += DAY
    answer_all(begin(li_zhendong, at, Mode.TYPE, open_bank, type="true_false"), at, right=0)
    wrong = WrongItem.objects.get(question=item_of(run, 1).version.question_id)
    assert (wrong.left_at, wrong.streak) == (None, 0)


class TestTheBookAndExams:
    """What a released exam got wrong."""

    @pytest.fixture
    def wrong_paper(self, taker: Taker, exam: Any, at: datetime) -> Any:
        attempt = start(exam, taker.person, at)
        answer_paper(attempt, at, right=2)
        return hand_in(attempt, at)

    def test_comes_into_the_book_once(self, wrong_paper: Any, taker: Taker, at: datetime) -> None:
        deliver(at=at, limit=100)
        assert len(book(taker.person, at)) == 3
        assert collect_mistakes(attempt=wrong_paper, at=at) == 3
        assert set(WrongItem.objects.values_list("times", flat=True)) == {1}

    def test_waits_for_the_release(self, make_exam: Any, li_zhendong: Person, at: datetime) -> None:
        held = make_exam(release_at=at + DAY)
        enrolled(held, li_zhendong, at)
        attempt = hand_in(start(held, li_zhendong, at), at)
        deliver(at=at, limit=100)
        assert collect_mistakes(attempt=attempt, at=at) == 0
        assert book(li_zhendong, at) == []

    def test_is_practised_as_it_was_seen_and_no_further_while_its_bank_is_closed(
        self, wrong_paper: Any, taker: Taker, bank: QuestionBank, at: datetime
    ) -> None:
        deliver(at=at, limit=100)
        assert begin(taker.person, at, Mode.MISTAKES).questions == 3
        question = book(taker.person, at)[0]
        version = question.versions.get()
        version.pk, version.number = None, 2
        version.save()
        Question.objects.filter(pk=question.pk).update(current=version)
        assert question not in book(taker.person, at)
        opened(bank, at)
        assert question in book(taker.person, at)


class TestDaily:
    """今日一练."""

    def test_is_the_same_all_day_and_another_one_tomorrow(
        self, open_bank: QuestionBank, li_zhendong: Person, at: datetime
    ) -> None:
        one = begin(li_zhendong, at, Mode.DAILY)
        answer_all(one, at)
        assert begin(li_zhendong, at, Mode.DAILY) == one
        assert begin(li_zhendong, at + DAY, Mode.DAILY) != one

    def test_there_is_one_a_day(self, open_bank: QuestionBank, li_zhendong: Person, at: datetime) -> None:
        run = begin(li_zhendong, at, Mode.DAILY)
        run.pk = None
        run.uuid = begin(li_zhendong, at, Mode.TYPE, open_bank, type="single").uuid
        with pytest.raises(IntegrityError), transaction.atomic():
            run.save()

    def test_asks_what_is_due_and_says_so(self, open_bank: QuestionBank, li_zhendong: Person, at: datetime) -> None:
        answer_all(begin(li_zhendong, at, Mode.TOPIC, open_bank, topic="接地"), at, right=0)
        later = at + 2 * DAY
        run = begin(li_zhendong, later, Mode.DAILY)
        assert list(run.items.values_list("why", flat=True)).count("due") == 6
        assert set(run.items.filter(why="due").values_list("version__question__topic", flat=True)) == {"接地"}

    def test_asks_new_words_of_what_is_based_on_a_document(
        self, open_bank: QuestionBank, li_zhendong: Person, at: datetime
    ) -> None:
        Question.objects.update(created_at=at - 400 * DAY)
        for version in [question.current for question in Question.objects.select_related("current")]:
            assert version is not None
            version.created_at = at - 400 * DAY
            version.save()
        assert "new" not in begin(li_zhendong, at, Mode.DAILY).items.values_list("why", flat=True)
        actions.add_questions(bank=open_bank, drafts=[single(70)], by=None, at=at)
        items = begin(li_zhendong, at + DAY, Mode.DAILY).items
        assert items.get(why="new").version.stem == single(70).stem

    def test_prefers_topics_that_were_often_wrong(
        self, open_bank: QuestionBank, li_zhendong: Person, at: datetime
    ) -> None:
        run = begin(li_zhendong, at, Mode.TYPE, open_bank, type="true_false")
        for position in (1, 2, 3):
            answer(run, position, at, right=False)
        whys = begin(li_zhendong, at, Mode.DAILY).items.filter(why="weak")
        assert set(whys.values_list("version__question__topic", flat=True)) == {"接地"}


class TestLevels:
    """闯关."""

    def test_the_next_opens_at_eighty_percent(
        self, open_bank: QuestionBank, li_zhendong: Person, at: datetime
    ) -> None:
        first, second = practice.levels(li_zhendong, open_bank, at=at)
        assert (first.open, second.open) == (True, False)
        run = begin(li_zhendong, at, Mode.LEVEL, open_bank, topic=first.topic.name)
        answer_all(run, at, right=4 if run.questions == 6 else 7)
        assert not practice.levels(li_zhendong, open_bank, at=at)[1].open
        run = begin(li_zhendong, at, Mode.LEVEL, open_bank, topic=first.topic.name)
        answer_all(run, at, right=5 if run.questions == 6 else 8)
        first, second = practice.levels(li_zhendong, open_bank, at=at)
        assert first.passed and second.open and not second.passed


def test_mastery_counts_what_was_right_the_last_time(
    open_bank: QuestionBank, li_zhendong: Person, at: datetime
) -> None:
    answer_all(begin(li_zhendong, at, Mode.TYPE, open_bank, type="true_false"), at, right=4)
    _verify, earth = practice.topics(li_zhendong, at=at)
    assert (earth.name, earth.questions, earth.known, earth.answers, earth.accuracy) == ("接地", 6, 4, 6, 66)
