"""Correcting a question after people have sat it: who would change, who has, and passes in question."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from exams import actions, queries
from exams.actions import PlannedRule
from exams.models import Attempt, Correction, Exam, QuestionBank, QuestionVersion, ScoreChange
from exams.queries.corrections import forecast
from lms.notices.models import Notice
from lms.people.models import Person
from lms.records.models import Enrolment, TrainingRecord
from tests.exams.conftest import enrolled
from tests.exams.sitting import hand_in, items, right_answer, save, start

pytestmark = pytest.mark.django_db
Kind = Correction.Kind


@pytest.fixture
def exam(make_exam: Callable[..., Exam], bank: QuestionBank) -> Exam:
    """All six single-choice questions, 2 points each; 8 of 12 points pass."""
    return make_exam(rules=[PlannedRule(bank, 6, Decimal(2), "single")], pass_score=66, shuffle_questions=False)


@pytest.fixture
def version(exam: Exam) -> QuestionVersion:
    """The question D0: option 0 is right."""
    return QuestionVersion.objects.get(question__code="D0")


def sat(exam: Exam, person: Person, at: datetime, version: QuestionVersion, *, own: int, right: int) -> Attempt:
    """`own`: the option chosen of D0; `right`: how many of the other five questions are right."""
    enrolled(exam, person, at)
    attempt = start(exam, person, at)
    others = 0
    for item in items(attempt):
        good = right_answer(item)
        if item.version_id == version.pk:
            save(attempt, item.position, [item.order.index(own)], at)
        elif others < right:
            save(attempt, item.position, good, at)
        others += item.version_id != version.pk
    return hand_in(attempt, at)


@pytest.fixture
def attempts(
    exam: Exam, version: QuestionVersion, li_zhendong: Person, xie_yulan: Person, peng_xiaojun: Person, at: datetime
) -> list[Attempt]:
    """李振东 chose 0 and just passed, 谢玉兰 chose 1 and just did not, 彭小军 chose 2 and passed easily."""
    return [
        sat(exam, li_zhendong, at, version, own=0, right=3),
        sat(exam, xie_yulan, at, version, own=1, right=3),
        sat(exam, peng_xiaojun, at, version, own=2, right=5),
    ]


def scores() -> list[tuple[Decimal | None, Decimal, bool | None]]:
    return list(Attempt.objects.order_by("pk").values_list("score", "max_score", "passed"))


def corrected(exam: Exam, version: QuestionVersion, kind: str, by: Person, at: datetime, **facts: Any) -> Correction:
    correction = actions.correct(exam=exam, version=version, kind=kind, reason="答案有误", by=by, at=at, **facts)
    actions.go_on(correction=correction, at=at)
    return correction


CASES = [
    (Kind.KEY, [1], [(6, 12), (8, 12), (10, 12)], 1, 1),
    (Kind.KEY, [0, 1], [(8, 12), (8, 12), (10, 12)], 1, 0),
    (Kind.FULL, None, [(8, 12), (8, 12), (12, 12)], 1, 0),
    (Kind.LEFT_OUT, None, [(6, 10), (6, 10), (10, 10)], 0, 1),
]


@pytest.mark.parametrize(("kind", "right", "after", "gain", "lose"), CASES)
def test_the_dry_run_says_what_then_happens(
    attempts: list[Attempt],
    exam: Exam,
    version: QuestionVersion,
    ma_yue: Person,
    at: datetime,
    kind: str,
    right: Any,
    after: Any,
    gain: int,
    lose: int,
) -> None:
    draft = Correction(exam=exam, version=version, kind=kind)
    draft.replacement = QuestionVersion(key={"correct": right}) if right else None
    dry = forecast(draft)
    assert (dry.total, len(dry.gain), len(dry.lose)) == (3, gain, lose)
    corrected(exam, version, kind, ma_yue, at, key={"correct": right})
    assert [(score, most) for score, most, _passed in scores()] == after
    changed = {each.attempt.pk: (each.score, each.max_score) for each in dry.changes}
    for change in ScoreChange.objects.all():
        assert changed.pop(change.attempt_id) == (change.score, change.max_score)
    assert not changed


@pytest.mark.parametrize(("kind", "right", "after", "gain", "lose"), CASES)
def test_corrected_scores_can_be_made_anew(
    attempts: list[Attempt], exam: Exam, version: QuestionVersion, ma_yue: Person, at: datetime,
    kind: str, right: Any, after: Any, gain: int, lose: int,
) -> None:  # fmt: skip
    corrected(exam, version, kind, ma_yue, at, key={"correct": right})
    for attempt in Attempt.objects.select_related("exam"):
        found = queries.recomputed(attempt)
        assert found.scores == dict(attempt.items.values_list("pk", "score"))
        assert (found.points, found.max_score) == (attempt.score, attempt.max_score)


def test_a_correction_keeps_the_old_score_and_tells_whom_it_changes(
    attempts: list[Attempt], exam: Exam, version: QuestionVersion, xie_yulan: Person, ma_yue: Person, at: datetime
) -> None:
    corrected(exam, version, Kind.FULL, ma_yue, at)
    change = ScoreChange.objects.get(attempt__person=xie_yulan)
    assert (change.old_score, change.old_passed) == (Decimal(6), False)
    assert (change.score, change.passed) == (Decimal(8), True)
    assert (change.by, change.reason, change.grading) == (ma_yue, "答案有误", "1:all_or_nothing")
    assert Notice.objects.get(person=xie_yulan, kind="exam_score").context["before"] == "6"
    assert Enrolment.objects.get(person=xie_yulan).state == Enrolment.State.COMPLETED
    assert Notice.objects.filter(kind="exam_score").count() == 2  # 李振东 keeps his score


def test_a_pass_below_the_pass_mark_stands_until_somebody_decides(
    attempts: list[Attempt],
    exam: Exam,
    version: QuestionVersion,
    li_zhendong: Person,
    ma_yue: Person,
    lin_xiaowen: Person,
    at: datetime,
) -> None:
    corrected(exam, version, Kind.KEY, ma_yue, at, key={"correct": [1]})
    change = ScoreChange.objects.get(attempt__person=li_zhendong)
    assert (change.pass_stands, change.passed) == ("open", True)
    assert not Notice.objects.filter(person=li_zhendong, kind="exam_score").exists()
    assert actions.decide_pass(change=change, keep=False, reason="按新答案", by=ma_yue, at=at)
    assert not actions.decide_pass(change=change, keep=True, reason="再想想", by=ma_yue, at=at)
    assert scores()[0] == (Decimal(6), Decimal(12), False)
    assert Notice.objects.get(person=li_zhendong, kind="exam_score").context["passed"] is False
    assert Notice.objects.get(person=lin_xiaowen, kind="pass_withdrawn").context["name"] == "李振东"
    assert TrainingRecord.objects.filter(person=li_zhendong).count() == 1  # the record is hers to correct


def test_a_pass_that_is_kept_stays_with_its_new_score(
    attempts: list[Attempt], exam: Exam, version: QuestionVersion, ma_yue: Person, at: datetime
) -> None:
    corrected(exam, version, Kind.KEY, ma_yue, at, key={"correct": [1]})
    actions.decide_pass(
        change=ScoreChange.objects.get(pass_stands="open"), keep=True, reason="已公布", by=ma_yue, at=at
    )
    assert scores()[0] == (Decimal(6), Decimal(12), True)


def test_the_newest_correction_counts_and_so_it_can_be_taken_back(
    attempts: list[Attempt], exam: Exam, version: QuestionVersion, ma_yue: Person, at: datetime
) -> None:
    before = scores()
    corrected(exam, version, Kind.LEFT_OUT, ma_yue, at)
    back = Correction(exam=exam, version=version, kind=Kind.KEY, replacement=QuestionVersion(key={"correct": [0]}))
    assert {each.max_score for each in forecast(back).changes} == {Decimal(12)}
    corrected(exam, version, Kind.KEY, ma_yue, at, key={"correct": [0]})
    assert [(score, most) for score, most, _passed in scores()] == [(score, most) for score, most, _p in before]


def test_who_sits_after_the_correction_is_graded_by_it(
    exam: Exam, version: QuestionVersion, li_zhendong: Person, xie_yulan: Person, ma_yue: Person, at: datetime
) -> None:
    enrolled(exam, xie_yulan, at)
    running = start(exam, xie_yulan, at)
    corrected(exam, version, Kind.LEFT_OUT, ma_yue, at)
    finished = hand_in(running, at)
    assert (finished.score, finished.max_score) == (Decimal(0), Decimal(10))
    corrected(exam, version, Kind.KEY, ma_yue, at, key={"correct": [1]})
    fresh = sat(exam, li_zhendong, at, version, own=0, right=5)
    assert fresh.items.filter(version=version).count() == 0  # the bank asks it with the right key now
    assert QuestionVersion.objects.get(question__code="D0", number=2).key["correct"] == [1]


def test_many_attempts_are_corrected_in_steps_that_can_be_interrupted(
    attempts: list[Attempt], exam: Exam, version: QuestionVersion, ma_yue: Person, at: datetime
) -> None:
    correction = actions.correct(exam=exam, version=version, kind=Kind.FULL, reason="有误", by=ma_yue, at=at)
    assert actions.go_on(correction=correction, at=at, limit=1) == 2
    assert (correction.done, correction.total, correction.finished_at) == (1, 3, None)
    actions.go_on_correcting(at=at)
    actions.go_on_correcting(at=at)
    correction.refresh_from_db()
    assert (correction.done, correction.finished_at) == (3, at)
    assert ScoreChange.objects.count() == 2


@pytest.mark.parametrize(
    ("kind", "right", "remark"), [(Kind.KEY, [1], "本题答案已更正"), (Kind.LEFT_OUT, None, "本题不计分")]
)
def test_the_taker_reads_how_the_question_counts(
    attempts: list[Attempt],
    exam: Exam,
    version: QuestionVersion,
    xie_yulan: Person,
    ma_yue: Person,
    client_of: Any,
    at: datetime,
    kind: str,
    right: Any,
    remark: str,
) -> None:
    corrected(exam, version, kind, ma_yue, at, key={"correct": right})
    html = client_of(xie_yulan).get(reverse("exams:result", args=[attempts[1].uuid])).content.decode()
    assert remark in html


def test_an_examiner_sees_who_changes_before_applying_it(
    attempts: list[Attempt], exam: Exam, version: QuestionVersion, ma_yue: Person, client_of: Callable[..., Client]
) -> None:
    desk, page = client_of(ma_yue), reverse("exams:correct", args=[exam.uuid, version.pk])
    sent = {"kind": "key", "right": ["1"], "reason": "答案应为 B"}
    html = desk.post(page, {**sent, "check": "1"}).content.decode()
    assert "2 / 3 份成绩将有变动" in html and "谢玉兰" in html and "彭小军" not in html
    assert not Correction.objects.exists()
    done = desk.post(page, {**sent, "apply": "1"})
    assert "李振东" in desk.get(done.headers["Location"]).content.decode()
    overview = reverse("exams:corrections", args=[exam.uuid])
    change = ScoreChange.objects.get(pass_stands="open")
    assert "李振东" in desk.get(overview).content.decode()
    decide = reverse("exams:decide_pass", args=[exam.uuid, change.uuid])
    desk.post(decide, {"keep": "1", "reason": ""})
    assert ScoreChange.objects.filter(pass_stands="open").exists()
    desk.post(decide, {"keep": "1", "reason": "已公布"})
    assert not ScoreChange.objects.filter(pass_stands="open").exists()


@pytest.mark.parametrize(
    "sent", [{"right": []}, {"right": ["0"]}, {"right": ["0", "9"]}, {"kind": "x"}, {"reason": " "}]
)
def test_what_is_no_correction_is_refused_in_words(
    attempts: list[Attempt], exam: Exam, version: QuestionVersion, ma_yue: Person, client_of: Any, sent: Any
) -> None:
    page = reverse("exams:correct", args=[exam.uuid, version.pk])
    html = client_of(ma_yue).post(page, {"kind": "key", "right": ["1"], "reason": "错", "apply": "1", **sent})
    assert html.status_code == 200 and "field-error" in html.content.decode()
    assert not Correction.objects.exists()
