"""Whatever order a sitting's events come in: receipts hold, what is late or stale is kept and changes nothing, there
is one result, and a crash is as if nothing had been asked."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from itertools import count
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from exams import actions, queries, rules
from exams.facts import Closed, Receipt, Stale, TakenOver
from exams.models import Answer, Attempt, Exam, LateDecision
from exams.rules import grading
from lms.people.models import Person
from tests.exams.conftest import enrolled
from tests.exams.sitting import hand_in, items, save, start

ITEMS = st.integers(1, 5)
_numbers = count(1)


class Crash(Exception):
    """The process dies before its transaction is over."""


class Sitting(RuleBasedStateMachine):
    """`answers` and `receipts` are what the phone may rely on; the database must agree with them at every step.

    `late` and `displaced` are what it was told is kept as evidence, `counted` what the examiner accepted of it.
    """

    exam: Exam
    examiner: Person
    new_person: Callable[[str], Person]
    began: datetime

    @initialize()
    def begin(self) -> None:
        person = self.new_person(f"SM{next(_numbers):05}")
        enrolled(self.exam, person, self.began)
        self.now = self.began
        self.attempt = start(self.exam, person, self.now)
        self.answers: dict[int, Any] = {}
        self.versions: dict[int, int] = dict.fromkeys(range(1, 6), 0)
        self.sent: list[tuple[int, Any, int, UUID]] = []
        self.receipts: dict[UUID, Receipt] = {}
        self.late: dict[UUID, tuple[int, Any, int]] = {}
        self.displaced: set[UUID] = set()
        self.decided: set[UUID] = set()
        self.counted: dict[int, int] = {}
        self.old_holder = uuid4()
        self.score: Any = None

    def save(self, item: int, payload: Any, base: int, op_id: UUID, **facts: Any) -> Any:
        """Send it; what the server keeps as evidence is noted. The device says that it was given at the beginning."""
        told = {"base_version": base, "op_id": op_id, "written_at": self.began, **facts}
        outcome = save(self.attempt, item, payload, self.now, **told)
        if isinstance(outcome, Closed) and op_id not in self.displaced:
            self.late[op_id] = (item, payload, base)
        if isinstance(outcome, TakenOver) and op_id not in self.late:
            self.displaced.add(op_id)
        return outcome

    @property
    def over(self) -> bool:
        return self.score is not None or rules.is_over(self.attempt.deadline, self.now)

    @rule(item=ITEMS, chosen=st.integers(0, 1))
    def answer(self, item: int, chosen: int) -> None:
        op_id = uuid4()
        outcome = self.save(item, [chosen], self.versions[item], op_id)
        if self.over:
            assert isinstance(outcome, Closed)
            return
        assert isinstance(outcome, Receipt)
        self.sent.append((item, [chosen], self.versions[item], op_id))
        self.receipts[op_id] = outcome
        self.answers[item], self.versions[item] = [chosen], outcome.version

    @rule(data=st.data())
    def retry(self, data: st.DataObject) -> None:
        if self.sent:
            item, payload, base, op_id = data.draw(st.sampled_from(self.sent))
            assert self.save(item, payload, base, op_id) == self.receipts[op_id]

    @rule(data=st.data())
    def retry_what_came_late(self, data: st.DataObject) -> None:
        if self.late:
            op_id = data.draw(st.sampled_from(sorted(self.late)))
            item, payload, base = self.late[op_id]
            assert isinstance(self.save(item, payload, base, op_id), Closed)

    @rule(item=ITEMS, chosen=st.integers(0, 1))
    def crash_while_saving(self, item: int, chosen: int) -> None:
        with suppress(Crash), transaction.atomic():
            save(self.attempt, item, [chosen], self.now, base_version=self.versions[item])
            raise Crash

    @rule()
    def crash_while_handing_in(self) -> None:
        with suppress(Crash), transaction.atomic():
            hand_in(self.attempt, self.now)
            raise Crash

    @rule()
    def crash_while_taking_over(self) -> None:
        with suppress(Crash), transaction.atomic():
            held = queries.locked_attempt(pk=self.attempt.pk)
            actions.take_over(attempt=held, by=self.attempt.person, at=self.now)
            raise Crash

    @rule()
    def start_again(self) -> None:
        if not self.over:
            assert start(self.exam, self.attempt.person, self.now).pk == self.attempt.pk

    @rule(item=ITEMS)
    def answer_from_a_stale_tab(self, item: int) -> None:
        if self.versions[item]:
            outcome = self.save(item, [1], self.versions[item] - 1, uuid4())
            assert isinstance(outcome, Closed if self.over else Stale)

    @rule(item=ITEMS)
    def answer_from_a_device_taken_over(self, item: int) -> None:
        outcome = self.save(item, [1], self.versions[item], uuid4(), holder=self.old_holder)
        assert isinstance(outcome, Closed if self.over else TakenOver)

    @rule()
    def take_over(self) -> None:
        if not self.over:
            self.old_holder = self.attempt.holder
            actions.take_over(attempt=self.attempt, by=self.attempt.person, at=self.now)

    @rule(seconds=st.sampled_from([1, 30, 600, 1500]))
    def time_passes(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)

    @rule()
    def hand_in(self) -> None:
        if not self.over or self.score is not None:
            self.closed(hand_in(self.attempt, self.now))

    @rule()
    def sweep(self) -> None:
        expected = self.score is None and rules.is_over(self.attempt.deadline, self.now)
        assert actions.close_expired(at=self.now) == expected
        if expected:
            self.closed(Attempt.objects.get(pk=self.attempt.pk))

    @rule(data=st.data(), accept=st.booleans())
    def decide_about_late_answers(self, data: st.DataObject, accept: bool) -> None:
        waiting = sorted(set(self.late) - self.decided)
        if not waiting or self.score is None:
            return
        chosen = data.draw(st.lists(st.sampled_from(waiting), min_size=1, unique=True))
        came = {each.pk: each for each in Answer.objects.filter(attempt=self.attempt, op_id__in=chosen)}
        facts: dict[str, Any] = {"answers": list(came), "reason": "断网", "by": self.examiner, "at": self.now}
        if not accept:
            actions.leave_late(attempt=self.attempt, **facts)
        else:
            actions.accept_late(attempt=self.attempt, **facts)
            for decision in LateDecision.objects.filter(answer__in=came, counted__isnull=False):
                assert decision.counted
                item, payload = came[decision.answer_id].position, came[decision.answer_id].payload
                self.answers[item], self.versions[item] = payload, decision.counted.version
                self.counted[decision.counted.pk] = decision.answer_id
            self.score = Attempt.objects.get(pk=self.attempt.pk).score
        self.decided |= set(chosen)

    def closed(self, attempt: Attempt) -> None:
        assert self.score is None or self.score == attempt.score
        self.score = attempt.score
        self.attempt.state = attempt.state

    @invariant()
    def the_database_agrees(self) -> None:
        assert {item.position: item.answer for item in items(self.attempt) if item.answer} == self.answers
        accepted = Answer.objects.filter(attempt=self.attempt, standing=Answer.Standing.ACCEPTED)
        own = accepted.exclude(pk__in=self.counted)
        stored = {answer.op_id: (answer.sha256, answer.version) for answer in own}
        assert stored == {op_id: (receipt.sha256, receipt.version) for op_id, receipt in self.receipts.items()}
        assert accepted.count() == own.count() + len(self.counted)
        for standing, told in ((Answer.Standing.LATE, self.late), (Answer.Standing.SUPERSEDED_HOLDER, self.displaced)):
            kept = Answer.objects.filter(attempt=self.attempt, standing=standing)
            assert sorted(kept.values_list("op_id", flat=True)) == sorted(told)
        attempt = Attempt.objects.select_related("exam").get(pk=self.attempt.pk)
        assert attempt.score == self.score
        if self.score is not None:
            assert grading.total(queries.graded(attempt).values()) == self.score

    def teardown(self) -> None:
        if hasattr(self, "attempt"):
            hand_in(self.attempt, self.now)


@pytest.mark.django_db
def test_a_sitting_keeps_its_promises(
    make_exam: Callable[..., Exam], make_person: Callable[..., Person], ma_yue: Person, at: datetime
) -> None:
    class OnThisDatabase(Sitting):
        exam = make_exam()
        examiner = ma_yue
        began = at
        new_person = staticmethod(lambda number: make_person(number, "考生", "YL0901"))

    quiet = [HealthCheck.too_slow, HealthCheck.data_too_large]
    run_state_machine_as_test(
        OnThisDatabase,
        settings=settings(max_examples=15, stateful_step_count=25, suppress_health_check=quiet),
    )
