"""Many requests at once: limits, receipts and results stay exact, on both databases."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial
from threading import Barrier
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from exams import actions
from exams.actions import PlannedRule
from exams.facts import Receipt
from exams.imports import read, waiting
from exams.models import Answer, Attempt, AttemptItem, Exam, QuestionBank
from lms.journal.models import Entry
from lms.people.models import Person
from lms.records.models import LessonResult, TrainingRecord
from tests.exams.conftest import enrolled
from tests.exams.sitting import hand_in, items, right_answer, save, start
from tests.exams.test_doors import op, post, url
from tests.exams.workbooks import GOOD, workbook

pytestmark = pytest.mark.django_db(transaction=True)
Job = Callable[[], Any]


def at_once(jobs: Sequence[Job]) -> list[Any]:
    """Run the jobs in threads that begin together; each gives its connection back."""
    barrier = Barrier(len(jobs))

    def run(job: Job) -> Any:
        barrier.wait()
        try:
            return job()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(run, jobs))


@pytest.mark.parametrize("limit", [1, 2])
def test_fifty_starts_make_one_sitting_and_the_limit_is_exact(
    limit: int, make_exam: Callable[..., Exam], li_zhendong: Person, client_of: Any, at: datetime
) -> None:
    """A09, P6."""
    exam = make_exam(max_attempts=limit)
    enrolled(exam, li_zhendong, at)
    phones = [client_of(li_zhendong) for _phone in range(2)]

    def tap(number: int) -> Job:
        client = Client()
        client.cookies = phones[number % 2].cookies
        return lambda: client.post(reverse("exams:start", args=[exam.uuid])).status_code

    for sitting in range(limit + 1):
        assert set(at_once([tap(number) for number in range(50)])) == {302}
        running = Attempt.objects.in_progress()
        assert running.count() == (sitting < limit)
        for attempt in running:
            hand_in(attempt, at)
    assert Attempt.objects.count() == limit


def test_handing_in_fifty_times_is_one_result(exam: Exam, li_zhendong: Person, client_of: Any, at: datetime) -> None:
    """P5."""
    enrolled(exam, li_zhendong, at)
    attempt = start(exam, li_zhendong, at)
    for item in items(attempt):
        save(attempt, item.position, right_answer(item), at)
    cookies = client_of(li_zhendong).cookies

    def tap() -> Any:
        client = Client()
        client.cookies = cookies
        return post(client, url("submit", attempt), {"holder": str(attempt.holder)}).json()

    assert at_once([tap] * 50) == [{"redirect": url("result", attempt)}] * 50
    assert TrainingRecord.objects.count() == LessonResult.objects.count() == 1
    assert Entry.objects.filter(kind="scores-released").count() == 1
    assert Entry.objects.filter(kind="enrolment-completed").count() == 1


def test_one_operation_sent_ten_times_at_once_is_stored_once(exam: Exam, li_zhendong: Person, at: datetime) -> None:
    enrolled(exam, li_zhendong, at)
    attempt, op_id = start(exam, li_zhendong, at), uuid4()
    receipts = at_once([lambda: save(attempt, 1, [1], at, op_id=op_id)] * 10)
    assert len(set(receipts)) == 1
    assert isinstance(receipts[0], Receipt)
    assert Answer.objects.count() == 1


def test_of_ten_different_answers_to_one_question_one_wins_and_the_others_are_told(
    exam: Exam, li_zhendong: Person, at: datetime
) -> None:
    """P4."""
    enrolled(exam, li_zhendong, at)
    attempt = start(exam, li_zhendong, at)
    outcomes = at_once([partial(save, attempt, 1, [n % 2], at) for n in range(10)])
    won = [outcome for outcome in outcomes if isinstance(outcome, Receipt)]
    assert (len(won), Answer.objects.count()) == (1, 1)
    assert AttemptItem.objects.get(attempt=attempt, position=1).answer == Answer.objects.get().payload


def test_an_acknowledged_answer_is_in_the_score_however_save_and_hand_in_race(
    bank: QuestionBank, make_exam: Callable[..., Exam], make_person: Any, client_of: Any, at: datetime
) -> None:
    """A11: either the receipt came and the answer counts, or the save was refused."""
    exam = make_exam(rules=[PlannedRule(bank, 1, Decimal(1), "single")])
    outcomes = set()
    for number in range(20):
        person = make_person(f"007{number:03}", f"考生{number}", "YL0901")
        enrolled(exam, person, at)
        attempt = start(exam, person, at)
        status = _race(attempt, [client_of(person), client_of(person)], save_first=bool(number % 2))
        attempt.refresh_from_db()
        assert attempt.score == (1 if status == 200 else 0)
        outcomes.add(status)
    assert outcomes <= {200, 409}


def _race(attempt: Attempt, phones: Sequence[Client], *, save_first: bool) -> int:
    """Send a right answer and the paper at once; what the answer's door said."""
    saving = op(attempt, payload=right_answer(items(attempt)[0]))
    jobs: list[Job] = [
        lambda: post(phones[0], url("answer", attempt), saving).status_code,
        lambda: post(phones[1], url("submit", attempt), {"holder": str(attempt.holder)}).status_code,
    ]
    answers: list[int] = at_once(jobs if save_first else jobs[::-1])
    return answers[0 if save_first else 1]


def test_two_sweeps_close_each_sitting_once(make_exam: Callable[..., Exam], make_person: Any, at: datetime) -> None:
    """FT20."""
    exam = make_exam()
    for number in range(10):
        person = make_person(f"006{number:03}", f"考生{number}", "YL0901")
        enrolled(exam, person, at)
        late = start(exam, person, at).deadline
    closed = at_once([lambda: actions.close_expired(at=late + timedelta(seconds=11))] * 4)
    assert sum(closed) == 10
    assert Entry.objects.filter(kind="scores-released").count() == 10


def test_the_holder_changes_once_for_each_takeover(
    exam: Exam, li_zhendong: Person, client_of: Any, at: datetime
) -> None:
    enrolled(exam, li_zhendong, at)
    attempt = start(exam, li_zhendong, at)
    cookies = client_of(li_zhendong).cookies

    def take() -> UUID:
        client = Client()
        client.cookies = cookies.copy()
        answer = client.post(url("takeover", attempt))
        return next(UUID(cookie.value) for name, cookie in answer.cookies.items() if name.startswith("sitting-"))

    holders = at_once([take] * 8)
    attempt.refresh_from_db()
    assert len(set(holders)) == 8
    assert attempt.holder in holders


def test_a_file_of_questions_confirmed_twice_at_once_is_stored_once(unit: Any, ma_yue: Person, at: datetime) -> None:
    file = waiting.keep(
        read(workbook(GOOD)), file_name="题.xlsx", bank_name="新题库", unit=unit("YL"), by=ma_yue, at=at
    )

    def confirm() -> bool:
        try:
            return bool(waiting.confirm(file=file, by=ma_yue, at=at))
        except waiting.AlreadyApplied:
            return False

    assert sorted(at_once([confirm] * 4)) == [False, False, False, True]
    assert QuestionBank.objects.get(name="新题库").questions.count() == 1
