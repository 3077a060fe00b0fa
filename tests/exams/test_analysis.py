"""An exam is analysed: the order, the worker, what it stores, and what flows back into the bank."""

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from exams import actions
from exams.actions import PlannedRule, analyse_waiting, order_analysis
from exams.actions.banks import Draft
from exams.models import AnalysedItem, AnalysisOrder, AttemptItem, Exam, ExamAnalysis, Question, QuestionBank
from lms.journal.models import Entry
from lms.people.models import Person
from tests.exams.conftest import enrolled
from tests.exams.sitting import answer_all, hand_in, start

pytestmark = pytest.mark.django_db


@pytest.fixture
def common(make_exam: Callable[..., Exam], bank: QuestionBank) -> Exam:
    """Everybody has the same six questions of single choice, two points each."""
    return make_exam(title="同卷考试", rules=[PlannedRule(bank, 6, Decimal(2), "single")], max_attempts=2)


def sit(exam: Exam, people: list[Person], at: datetime, right: Callable[[int], int] = lambda place: place) -> None:
    """One after the other; the one at `place` answers the first `right(place)` questions rightly."""
    for place, person in enumerate(people):
        enrolled(exam, person, at)
        attempt = start(exam, person, at)
        answer_all(attempt, at, right=right(place))
        hand_in(attempt, at + timedelta(minutes=place))


@pytest.fixture
def people(make_person: Callable[..., Person]) -> list[Person]:
    return [make_person(f"0022{number:04}", f"考生{number}", "YL1301") for number in range(7)]


def analysed(exam: Exam, at: datetime, which: str = "first") -> ExamAnalysis:
    order = order_analysis(exam=exam, which=which, by=None, at=at)
    assert analyse_waiting(at=at) == 1
    order.refresh_from_db()
    assert order.analysis is not None and order.percent == 100
    return order.analysis


def test_a_common_paper_has_every_figure(common: Exam, people: list[Person], at: datetime) -> None:
    sit(common, people, at)
    analysis = analysed(common, at)
    assert (analysis.attempts, analysis.unmarked) == (7, 0)
    assert analysis.paper["mean"] == pytest.approx(6) and analysis.paper["maximum"] == 12
    assert analysis.paper["consistency"] is not None and analysis.paper["undefined"] == {}
    assert sum(analysis.bins) == 7
    items = list(analysis.items.all())
    assert len(items) == 6 and not any(item.drawn for item in items)
    assert sum(item.figures["effective_weight"] for item in items) == pytest.approx(100)
    assert sum(item.facility or 0 for item in items) == pytest.approx(300)


def test_drawn_questions_are_measured_over_those_who_had_them(exam: Exam, people: list[Person], at: datetime) -> None:
    sit(exam, people, at, right=lambda place: place % 6)
    analysis = analysed(exam, at)
    items = list(analysis.items.all())
    assert sum(item.attempts for item in items) == 7 * 5
    drawn = [item for item in items if item.drawn]
    assert drawn and all(item.figures["undefined"]["effective_weight"] == "not_in_every_paper" for item in drawn)
    assert analysis.paper["consistency"] is not None


def test_answers_are_counted_by_option_and_third(common: Exam, people: list[Person], at: datetime) -> None:
    sit(common, people[:6], at, right=lambda place: 6 if place >= 3 else 0)
    for item in analysed(common, at).items.all():
        counts = {option: (lower, middle, upper) for _part, option, *_, lower, middle, upper in item.responses}
        assert [sum(third) for third in zip(*counts.values(), strict=True)] == [2, 2, 2]
        assert counts["0"] == (0, 1, 2)  # the right one
        assert len(counts) == 3  # options nobody took are there too
        assert item.thirds == [0, 50, 100]


def test_wrong_answers_are_counted_by_the_unit_of_then(common: Exam, people: list[Person], at: datetime) -> None:
    sit(common, people, at, right=lambda place: 6 if place else 0)
    unit = common.attempts.values_list("unit", flat=True).first()
    assert all(item.units == {str(unit): [7, 1]} for item in analysed(common, at).items.all())


def test_only_first_attempts_count_unless_all_are_wanted(common: Exam, people: list[Person], at: datetime) -> None:
    sit(common, people, at, right=lambda place: place % 3)
    again = start(common, people[0], at + timedelta(hours=1))
    answer_all(again, at + timedelta(hours=1))
    hand_in(again, at + timedelta(hours=1))
    start(common, people[1], at + timedelta(hours=1))  # sits now: counts nowhere
    assert analysed(common, at).attempts == 7
    assert analysed(common, at, "all").attempts == 8


def test_attempts_that_wait_for_a_marker_are_left_out_and_counted(
    common: Exam, people: list[Person], at: datetime
) -> None:
    sit(common, people, at)
    AttemptItem.objects.filter(attempt=common.attempts.first(), position=1).update(score=None)
    analysis = analysed(common, at)
    assert (analysis.attempts, analysis.unmarked) == (6, 1)


def test_nobody_has_sat(common: Exam, at: datetime) -> None:
    analysis = analysed(common, at)
    assert analysis.attempts == 0 and not analysis.items.exists()
    assert analysis.paper["mean"] is None


def test_measured_difficulty_flows_into_the_bank(common: Exam, people: list[Person], at: datetime) -> None:
    sit(common, people[:4], at, right=lambda place: 6 if place else 0)
    analysed(common, at)
    measured = Question.objects.filter(measured_answers=4)
    assert {question.measured_difficulty for question in measured} == {0.25}
    assert measured.count() == 6


def test_the_newest_analysis_of_each_exam_counts_once(
    common: Exam, make_exam: Callable[..., Exam], bank: QuestionBank, people: list[Person], at: datetime
) -> None:
    sit(common, people[:4], at, right=lambda place: 6 if place else 0)
    analysed(common, at)
    analysed(common, at + timedelta(days=1))
    other = make_exam(title="另一场", rules=[PlannedRule(bank, 6, Decimal(1), "single")])
    sit(other, people[:4], at, right=lambda place: 0)
    analysed(other, at + timedelta(days=1))
    question = Question.objects.filter(type="single").first()
    assert question is not None
    assert question.measured_answers == 8
    assert question.measured_difficulty == pytest.approx(5 / 8)


def test_new_words_are_not_measured_yet(common: Exam, people: list[Person], bank: QuestionBank, at: datetime) -> None:
    sit(common, people[:4], at)
    analysed(common, at)
    question = Question.objects.filter(type="single").select_related("current").get(code="D1")
    current = question.current
    assert current is not None and question.measured_answers
    draft = Draft("single", current.stem, current.content, current.key, question.hash, code="D1", explanation="新解析")
    actions.add_versions(bank=bank, drafts={question.pk: draft}, by=None, at=at)
    question.refresh_from_db()
    assert (question.measured_difficulty, question.measured_answers) == (None, 0)


def test_one_open_order_for_an_exam(common: Exam, at: datetime) -> None:
    first = order_analysis(exam=common, which="first", by=None, at=at)
    assert order_analysis(exam=common, which="all", by=None, at=at).pk == first.pk
    with pytest.raises(IntegrityError), transaction.atomic():
        AnalysisOrder.objects.create(exam=common, which="first", asked_at=at, due_at=at)


def test_a_done_order_has_its_analysis(common: Exam, at: datetime) -> None:
    order = order_analysis(exam=common, which="first", by=None, at=at)
    with pytest.raises(IntegrityError), transaction.atomic():
        AnalysisOrder.objects.filter(pk=order.pk).update(state=AnalysisOrder.State.DONE)


def test_a_dead_workers_order_is_taken_over_and_done_once(
    common: Exam, people: list[Person], at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    sit(common, people, at)
    order = order_analysis(exam=common, which="first", by=None, at=at)

    class Killed(BaseException):
        pass

    def killed(*_: Any) -> None:
        raise Killed

    with monkeypatch.context() as patch, pytest.raises(Killed), transaction.atomic():
        patch.setattr("exams.actions.analyse._store", killed)
        analyse_waiting(at=at)
    order.refresh_from_db()
    AnalysisOrder.objects.filter(pk=order.pk).update(tries=1, due_at=at + timedelta(minutes=10))
    assert analyse_waiting(at=at + timedelta(minutes=9)) == 0
    assert analyse_waiting(at=at + timedelta(minutes=11)) == 1
    assert analyse_waiting(at=at + timedelta(minutes=30)) == 0
    assert ExamAnalysis.objects.count() == 1


def test_what_cannot_be_analysed_is_given_up_after_three_tries(
    common: Exam, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = order_analysis(exam=common, which="first", by=None, at=at)

    def broken(*_: Any) -> None:
        raise ValueError("broken")

    monkeypatch.setattr("exams.actions.analyse.collect", broken)
    for hour in range(5):
        assert analyse_waiting(at=at + timedelta(hours=hour)) == 0
    order.refresh_from_db()
    assert (order.state, order.tries) == (AnalysisOrder.State.FAILED, 3)


def test_it_is_written_into_the_journal(common: Exam, ma_yue: Person, at: datetime) -> None:
    order_analysis(exam=common, which="first", by=ma_yue, at=at)
    analyse_waiting(at=at)
    entry = Entry.objects.get(kind="exam-analysed")
    assert entry.by_person == ma_yue.pk and entry.payload["attempts"] == 0


def test_the_statements_do_not_grow_with_the_attempts(common: Exam, people: list[Person], at: datetime) -> None:
    sit(common, people[:3], at)
    with CaptureQueriesContext(
        connection,
    ) as few:
        analysed(common, at)
    for person in people[3:]:
        sit(common, [person], at)
    with CaptureQueriesContext(connection) as many:
        analysed(common, at)
    assert len(many) <= len(few) and AnalysedItem.objects.count() == 12
