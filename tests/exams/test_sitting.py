"""A sitting from start to result."""

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest

from exams import actions, queries, rules
from exams.actions import PlannedRule
from exams.facts import Closed, Receipt, Stale, TakenOver, fingerprint
from exams.models import Answer, Attempt, Exam, QuestionBank
from exams.rules.drawing import Infeasible
from lms.journal.models import Entry
from lms.people.models import Person
from lms.records.models import Enrolment, LessonResult
from tests.exams.conftest import Taker, enrolled
from tests.exams.sitting import answer_all, hand_in, items, right_answer, save, start

pytestmark = pytest.mark.django_db


def test_a_paper_has_what_the_blueprint_asks_for(exam: Exam, taker: Taker, at: datetime) -> None:
    attempt = start(exam, taker.person, at)
    kinds = sorted(item.version.type for item in items(attempt))
    assert kinds == ["multiple", "single", "single", "true_false", "true_false"]
    assert attempt.max_score == 10
    assert attempt.deadline == at + timedelta(minutes=30)
    assert (attempt.unit and attempt.unit.code) == "YL0901"


def test_starting_again_goes_on_with_the_same_sitting(exam: Exam, taker: Taker, at: datetime) -> None:
    assert start(exam, taker.person, at) == start(exam, taker.person, at + timedelta(minutes=5))


def test_all_right_is_full_points_and_completes_the_course_once(exam: Exam, taker: Taker, at: datetime) -> None:
    attempt = start(exam, taker.person, at)
    answer_all(attempt, at)
    for _again in range(3):
        attempt = hand_in(attempt, at)
    assert attempt.score == 10
    assert (attempt.passed, attempt.closed_by) == (True, "person")
    taker.enrolment.refresh_from_db()
    assert taker.enrolment.state == Enrolment.State.COMPLETED
    assert LessonResult.objects.get(enrolment=taker.enrolment).score == 10
    assert Entry.objects.filter(kind="scores-released").count() == 1


def test_a_failed_attempt_leaves_the_course_open_and_another_attempt(
    make_exam: Callable[..., Exam], li_zhendong: Person, at: datetime
) -> None:
    exam = make_exam(max_attempts=2)
    taker = enrolled(exam, li_zhendong, at)
    first = start(exam, taker.person, at)
    answer_all(first, at, right=3)
    assert hand_in(first, at).passed is False
    second = start(exam, taker.person, at)
    assert (second.number, second.pk != first.pk) == (2, True)


def test_no_more_attempts_than_allowed_until_an_examiner_grants_one(
    exam: Exam, taker: Taker, ma_yue: Person, at: datetime
) -> None:
    hand_in(start(exam, taker.person, at), at)
    with pytest.raises(actions.NotAllowed) as refusal:
        start(exam, taker.person, at)
    assert refusal.value.reason is rules.WhyNot.NO_ATTEMPTS
    actions.reopen(exam=exam, enrolment=taker.enrolment, reason="停电中断", by=ma_yue, at=at)
    assert start(exam, taker.person, at).number == 2
    assert Entry.objects.get(kind="attempt-reopened").by_person == ma_yue.pk


def test_a_reopening_needs_a_reason(exam: Exam, taker: Taker, ma_yue: Person, at: datetime) -> None:
    with pytest.raises(ValueError, match="reason"):
        actions.reopen(exam=exam, enrolment=taker.enrolment, reason="  ", by=ma_yue, at=at)


def test_whoever_has_passed_cannot_sit_again(
    make_exam: Callable[..., Exam], li_zhendong: Person, at: datetime
) -> None:
    exam = make_exam(max_attempts=3)
    enrolled(exam, li_zhendong, at)
    attempt = start(exam, li_zhendong, at)
    answer_all(attempt, at)
    hand_in(attempt, at)
    with pytest.raises(actions.NotAllowed) as refusal:
        start(exam, li_zhendong, at)
    assert refusal.value.reason is rules.WhyNot.PASSED


def test_a_receipt_proves_what_is_stored(exam: Exam, taker: Taker, at: datetime) -> None:
    attempt = start(exam, taker.person, at)
    receipt = save(attempt, 1, [1], at, seq=7)
    assert isinstance(receipt, Receipt)
    stored = Answer.objects.get(op_id=receipt.op_id)
    assert (receipt.sha256, receipt.version, receipt.seq) == (fingerprint([1]), 1, 7)
    assert (stored.sha256, stored.payload, stored.received_at) == (receipt.sha256, [1], at)
    assert items(attempt)[0].answer == [1]


def test_a_repeated_operation_gets_the_same_receipt_and_one_row(exam: Exam, taker: Taker, at: datetime) -> None:
    attempt, op_id = start(exam, taker.person, at), uuid4()
    first = save(attempt, 1, [1], at, op_id=op_id)
    again = save(attempt, 1, [1], at + timedelta(seconds=30), op_id=op_id)
    assert first == again
    assert Answer.objects.count() == 1


def test_a_stale_answer_changes_nothing(exam: Exam, taker: Taker, at: datetime) -> None:
    attempt = start(exam, taker.person, at)
    save(attempt, 1, [1], at)
    stale = save(attempt, 1, [0], at, base_version=0)
    assert stale == Stale(1, 1, [1])
    assert (items(attempt)[0].answer, Answer.objects.count()) == ([1], 1)


def test_an_answer_within_the_grace_counts(exam: Exam, taker: Taker, at: datetime) -> None:
    attempt = start(exam, taker.person, at)
    assert isinstance(save(attempt, 1, [0], attempt.deadline + timedelta(seconds=10)), Receipt)


def test_an_answer_after_the_grace_is_kept_but_does_not_count(exam: Exam, taker: Taker, at: datetime) -> None:
    attempt = start(exam, taker.person, at)
    answer_all(attempt, at)
    good = right_answer(items(attempt)[0])
    save(attempt, 1, [], at, base_version=1)
    late = save(attempt, 1, good, attempt.deadline + timedelta(seconds=11), base_version=2)
    assert isinstance(late, Closed)
    assert Answer.objects.get(standing="late").payload == good
    assert actions.close_expired(at=attempt.deadline + timedelta(seconds=11)) == 1
    attempt.refresh_from_db()
    assert attempt.score == 8
    assert (attempt.closed_by, attempt.submitted_at) == ("deadline", attempt.deadline)


def test_an_answer_after_handing_in_does_not_count(exam: Exam, taker: Taker, at: datetime) -> None:
    attempt = start(exam, taker.person, at)
    hand_in(attempt, at)
    assert isinstance(save(attempt, 1, [0], at), Closed)
    assert items(attempt)[0].answer is None


def test_the_receipt_of_an_accepted_answer_is_repeated_after_the_end(exam: Exam, taker: Taker, at: datetime) -> None:
    attempt, op_id = start(exam, taker.person, at), uuid4()
    first = save(attempt, 1, [1], at, op_id=op_id)
    hand_in(attempt, at)
    assert save(attempt, 1, [1], at, op_id=op_id) == first


def test_a_takeover_leaves_the_old_device_only_evidence(exam: Exam, taker: Taker, at: datetime) -> None:
    attempt = start(exam, taker.person, at)
    old = attempt.holder
    actions.take_over(attempt=attempt, by=taker.person, at=at)
    assert attempt.holder != old
    assert isinstance(save(attempt, 1, [0], at, holder=old), TakenOver)
    assert Answer.objects.get().standing == Answer.Standing.SUPERSEDED_HOLDER
    assert isinstance(save(attempt, 1, [1], at), Receipt)
    assert items(attempt)[0].answer == [1]


def test_expired_sittings_close_with_the_answers_they_have(exam: Exam, taker: Taker, at: datetime) -> None:
    attempt = start(exam, taker.person, at)
    answer_all(attempt, at)
    assert actions.close_expired(at=attempt.deadline + timedelta(seconds=10)) == 0
    assert actions.close_expired(at=attempt.deadline + timedelta(seconds=11)) == 1
    assert actions.close_expired(at=attempt.deadline + timedelta(seconds=12)) == 0
    attempt.refresh_from_db()
    assert (attempt.state, attempt.passed) == (Attempt.State.SUBMITTED, True)


def test_an_expired_sitting_must_close_before_the_next_begins(exam: Exam, taker: Taker, at: datetime) -> None:
    attempt = start(exam, taker.person, at)
    with pytest.raises(actions.MustClose):
        start(exam, taker.person, attempt.deadline + timedelta(minutes=1))


def test_pages_show_an_expired_sitting_as_closed_and_store_nothing(exam: Exam, taker: Taker, at: datetime) -> None:
    attempt = start(exam, taker.person, at)
    answer_all(attempt, at)
    seen = queries.as_seen(Attempt.objects.get(pk=attempt.pk), at=attempt.deadline + timedelta(minutes=1))
    assert seen.state == Attempt.State.SUBMITTED
    assert seen.score == 10
    attempt.refresh_from_db()
    assert attempt.state == Attempt.State.IN_PROGRESS


def test_nothing_leaks_to_the_records_before_release(
    make_exam: Callable[..., Exam], li_zhendong: Person, at: datetime
) -> None:
    exam = make_exam(release_at=at + timedelta(days=1), max_attempts=2)
    taker = enrolled(exam, li_zhendong, at)
    attempt = start(exam, li_zhendong, at)
    answer_all(attempt, at)
    hand_in(attempt, at)
    assert not LessonResult.objects.exists()
    with pytest.raises(actions.NotAllowed) as refusal:
        start(exam, li_zhendong, at)
    assert refusal.value.reason is rules.WhyNot.WAITING
    assert actions.release_due(at=at + timedelta(days=1)) == 1
    assert actions.release_due(at=at + timedelta(days=2)) == 0
    taker.enrolment.refresh_from_db()
    assert taker.enrolment.state == Enrolment.State.COMPLETED


def test_a_sitting_ends_when_the_exam_closes(
    make_exam: Callable[..., Exam], li_zhendong: Person, at: datetime
) -> None:
    exam = make_exam(closes_at=at + timedelta(minutes=10))
    enrolled(exam, li_zhendong, at)
    assert start(exam, li_zhendong, at).deadline == exam.closes_at


def test_questions_and_options_keep_their_order_when_asked_to(
    make_exam: Callable[..., Exam], li_zhendong: Person, at: datetime
) -> None:
    exam = make_exam(shuffle_questions=False, shuffle_options=False)
    enrolled(exam, li_zhendong, at)
    found = items(start(exam, li_zhendong, at))
    assert [item.version.type for item in found] == ["single", "single", "multiple", "true_false", "true_false"]
    assert all(item.order == sorted(item.order) for item in found)


def test_compulsory_questions_are_in_every_paper(
    make_exam: Callable[..., Exam], bank: QuestionBank, li_zhendong: Person, at: datetime
) -> None:
    must = bank.questions.get(code="T3")
    exam = make_exam(
        rules=[PlannedRule(bank, 6, Decimal(1), "single")], compulsory=[(must, Decimal(4))], pass_score=60
    )
    enrolled(exam, li_zhendong, at)
    attempt = start(exam, li_zhendong, at)
    assert attempt.max_score == 10
    assert [item.points for item in items(attempt) if item.version_id == must.current_id] == [4]


def test_an_exam_cannot_be_made_from_too_few_questions(
    make_exam: Callable[..., Exam], bank: QuestionBank, at: datetime
) -> None:
    with pytest.raises(Infeasible) as error:
        make_exam(rules=[PlannedRule(bank, 8, Decimal(1), "single")])
    wanted = [queries.Rule(bank.pk, "single", "", 8, Decimal(1))]
    assert queries.infeasible_words(wanted, error.value) == ["题库“安规题库”的单选题只有 6 道，需要 8 道。"]
    assert not Exam.objects.exists()
