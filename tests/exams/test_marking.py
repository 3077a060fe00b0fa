"""Marking by people: the queue, two markers and a third, and what becomes of the score."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from exams import actions, queries
from exams.models import Attempt, Exam, Marking, QuestionBank, ScoreChange
from exams.queries import marking as queue
from exams.rules import grading, marking
from exams.rules.marking import Mark, Round, Rule
from exams.types import Criterion
from lms.journal.models import Entry
from lms.notices.models import Notice
from lms.people.enums import Role
from lms.people.models import Person
from lms.records.models import Enrolment
from tests.exams.examples import MARKED_CASE
from tests.exams.marked import essay_exam, essay_of, mark, sat

pytestmark = pytest.mark.django_db
ONE, TWO = Rule(False, Decimal(2)), Rule(True, Decimal(2))


@pytest.mark.parametrize(
    ("points", "rule", "settled", "asks"),
    [
        ([], ONE, None, Round.FIRST),
        (["6"], ONE, "6", None),
        (["6"], TWO, None, Round.SECOND),
        (["6", "8"], TWO, "7", None),
        (["6", "6.25"], TWO, "6.13", None),
        (["6", "8.01"], TWO, None, Round.ARBITRATION),
        (["6", "10", "7"], TWO, "7", None),
    ],
)
def test_what_settles_an_answer(points: Sequence[str], rule: Rule, settled: str | None, asks: Round | None) -> None:
    marks = [Mark(n, Decimal(each)) for n, each in enumerate(points, 1)]
    assert marking.settled(marks, rule) == (None if settled is None else Decimal(settled))
    assert marking.next_round(marks, rule) is asks


@given(first=st.decimals(0, 10, places=2), second=st.decimals(0, 10, places=2), limit=st.decimals(0, 10, places=2))
def test_two_markers_settle_it_exactly_when_they_are_near_each_other(
    first: Decimal, second: Decimal, limit: Decimal
) -> None:
    settled = marking.settled([Mark(1, first), Mark(2, second)], Rule(True, limit))
    assert (settled is not None) == (abs(first - second) <= limit)
    assert settled is None or min(first, second) <= settled <= max(first, second)


@pytest.mark.parametrize("text", ["", "x", "-1", "2.01", "1.005", "NaN", "Infinity", "1e99"])
def test_points_are_numbers_up_to_what_there_is(text: str) -> None:
    with pytest.raises(marking.BadPoints):
        marking.read_points([text], [Criterion("", Fraction(2))])
    assert marking.read_points(["1.25"], [Criterion("", Fraction(2))]) == [Decimal("1.25")]


@pytest.fixture
def exam(make_exam: Callable[..., Exam], bank: QuestionBank, at: datetime) -> Exam:
    return essay_exam(make_exam, bank, at)


@pytest.fixture
def exam_of_two(make_exam: Callable[..., Exam], bank: QuestionBank, at: datetime) -> Exam:
    """Markers may be 2 of 10 points apart."""
    return essay_exam(make_exam, bank, at, second_marker=True)


@pytest.fixture
def markers(make_person: Callable[..., Person]) -> list[Person]:
    return [make_person(f"0012080{n}", f"阅卷{n}", "YL05", Role.EXAMINER, over="YL") for n in range(3)]


def test_the_last_marking_gives_the_attempt_its_score_and_releases_it(
    exam: Exam, li_zhendong: Person, ma_yue: Person, at: datetime
) -> None:
    attempt = sat(exam, li_zhendong, at)
    assert (attempt.score, attempt.passed, attempt.released_at) == (None, None, None)
    mark(essay_of(attempt), ma_yue, at, [2, 2], comment="步骤二请写明验电器")
    attempt.refresh_from_db()
    assert (attempt.score, attempt.passed, attempt.released_at) == (Decimal(10), True, at)
    assert Enrolment.objects.get(pk=attempt.enrolment_id).state == Enrolment.State.COMPLETED
    change = ScoreChange.objects.get(attempt=attempt)
    assert (change.old_score, change.score, change.cause, change.by) == (None, Decimal(10), "marked", ma_yue)
    assert Notice.objects.get(person=li_zhendong, kind="exam_score").context["score"] == "10"
    assert Entry.objects.filter(kind="answer-marked").count() == 1


def test_a_later_release_waits_for_its_time(
    make_exam: Callable[..., Exam], bank: QuestionBank, li_zhendong: Person, ma_yue: Person, at: datetime
) -> None:
    exam = essay_exam(make_exam, bank, at, release_at=at + timedelta(days=1))
    attempt = sat(exam, li_zhendong, at)
    mark(essay_of(attempt), ma_yue, at, [2, 3])
    attempt.refresh_from_db()
    assert (attempt.score, attempt.released_at) == (Decimal(12), None)
    assert not Notice.objects.filter(person=li_zhendong, kind="exam_score").exists()
    assert actions.release_due(at=at + timedelta(days=1)) == 1


def test_an_empty_answer_needs_no_marker(exam: Exam, li_zhendong: Person, at: datetime) -> None:
    attempt = sat(exam, li_zhendong, at, text="  ")
    assert attempt.score == 2


def test_the_queue_shows_what_is_left_and_hides_the_markers_own_paper(
    exam: Exam, li_zhendong: Person, ma_yue: Person, at: datetime
) -> None:
    sat(exam, li_zhendong, at)
    sat(exam, ma_yue, at)
    (row,) = queue.exams_to_mark(ma_yue, at=at)
    assert (row.total, row.done, row.mine) == (1, 0, 1)
    (question,) = queue.questions_to_mark(ma_yue, exam, at=at)
    assert (question.title, question.mine) == ("论述第 0 题：说明停电检修的步骤。", 1)


def test_an_examiner_of_another_unit_gets_nothing_to_mark(
    exam: Exam, li_zhendong: Person, make_person: Callable[..., Person], at: datetime
) -> None:
    sat(exam, li_zhendong, at)
    other = make_person("00120199", "河东考务", "YL1302", Role.EXAMINER)
    assert not queue.to_mark(other, at=at)


def test_nobody_gets_what_another_marker_has_in_hand(
    exam: Exam, li_zhendong: Person, markers: list[Person], at: datetime
) -> None:
    item = essay_of(sat(exam, li_zhendong, at))
    first, second, _third = markers
    assert actions.take(item=item, by=first, at=at) and actions.take(item=item, by=first, at=at)
    assert not actions.take(item=item, by=second, at=at)
    assert not queue.to_mark(second, at=at) and queue.to_mark(first, at=at)
    later = at + actions.LEASE
    assert actions.take(item=item, by=second, at=later)
    with pytest.raises(actions.NotInHand), transaction.atomic():
        actions.mark(item=queue.locked(item.pk), given=[Decimal(1), Decimal(1)], by=first, at=later)
    assert not Marking.objects.exists()


def test_two_markers_make_the_mean_and_neither_marks_twice(
    exam_of_two: Exam, li_zhendong: Person, markers: list[Person], at: datetime
) -> None:
    item = essay_of(sat(exam_of_two, li_zhendong, at))
    assert mark(item, markers[0], at, [2, 2]) is None
    assert not queue.to_mark(markers[0], at=at)
    with pytest.raises(actions.NotInHand):
        mark(item, markers[0], at, [2, 2])
    change = mark(item, markers[1], at, [2, 1])
    assert change is not None and change.score == 9  # 2 for the choice, the mean of 8 and 6 for the essay


def test_markers_too_far_apart_call_a_third_one_who_decides(
    exam_of_two: Exam, li_zhendong: Person, markers: list[Person], at: datetime
) -> None:
    attempt = sat(exam_of_two, li_zhendong, at)
    item = essay_of(attempt)
    assert mark(item, markers[0], at, [2, 3]) is None and mark(item, markers[1], at, [0, 1]) is None
    assert [len(queue.to_mark(each, at=at)) for each in markers] == [0, 0, 1]
    mark(item, markers[2], at, [1, 2])
    attempt.refresh_from_db()
    assert attempt.score == 8
    assert list(Marking.objects.filter(item=item).values_list("points", flat=True)) == [
        Decimal(10),
        Decimal(2),
        Decimal(6),
    ]


def test_every_marked_score_can_be_made_anew(
    exam_of_two: Exam, markers: list[Person], make_person: Callable[..., Person], at: datetime
) -> None:
    for number in range(4):
        attempt = sat(exam_of_two, make_person(f"0098{number}", f"考生{number}", "YL0901"), at)
        for n, each in enumerate(markers[: 2 + (number > 2)]):
            mark(essay_of(attempt), each, at, [2 - (number > 2 and n), 3 - (number > 2 and 2 * n > 0)])
    for attempt in Attempt.objects.select_related("exam"):
        assert queries.recomputed(attempt).scores == dict(attempt.items.values_list("pk", "score"))


def test_the_parts_of_a_case_that_people_mark_are_marked_apart() -> None:
    case = MARKED_CASE
    item = grading.Marking("case", dict(case.content), dict(case.key), case.order(), [[0], "写了"], Decimal(10))
    (criterion,) = case.kind.criteria(grading.answered(item, ""))
    assert (criterion.part, criterion.most) == ("2", Fraction(5))
    assert grading.marked(item, "", [Decimal("2.5")]) == Decimal("7.50")
