"""Fields nobody offered, posted all the same: ignored, whatever they say."""

import time
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from exams.models import Attempt, AttemptItem, QuestionBank, QuestionImport
from lms.people.models import Person, RoleGrant
from lms.records.models import Enrolment, LessonResult, TrainingRecord
from tests.architecture.access_table import Door
from tests.architecture.world import Who, World
from tests.security.doors import WRITABLE, post

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("forged_fields")]  # one world, one worker

FORGED = {
    "score": 100, "max_score": 100, "passed": True, "state": "submitted", "released_at": "2020-01-01T00:00:00Z",
    "deadline": "2099-01-01T00:00:00Z", "started_at": "2099-01-01T00:00:00Z", "received_at": "2020-01-01T00:00:00Z",
    "at": "2020-01-01T00:00:00Z", "number": 9, "attempt_no": 9, "granted": 9, "max_attempts": 99, "points": 100,
    "correct": True, "key": "x", "standing": "accepted", "version": 99, "sha256": "0", "completed": True,
    "completed_at": "2020-01-01T00:00:00Z", "credited_seconds": 99999, "valid_seconds": 99999, "hours": 99,
    "is_superuser": True, "is_active": False, "staff_no": "admin", "role": "system_admin", "unit": "YL",
    "must_change_password": False, "session_epoch": 9, "exam": "1", "attempt": "1", "enrolment": "1", "by": 1,
}  # fmt: skip


def door(name: str) -> Door:
    return next(one for one in WRITABLE if one.name == name)


def foreign(world: World) -> dict[str, Any]:
    """The same, in somebody else's name."""
    other = world.fresh(Who.OTHER_LEARNER)
    return {**FORGED, "person": str(other.uuid), "person_id": other.pk, "user": other.pk, "user_id": other.pk}


def test_starting_an_exam_gives_what_the_exam_gives(world: World) -> None:
    other = world.fresh(Who.OTHER_LEARNER)
    assert post(world, door("exams:start"), Who.OTHER_LEARNER, FORGED).status_code == 302
    attempt = Attempt.objects.get(person=other, exam__uuid=world.things["exam"])
    assert attempt.number == 1 and attempt.state == Attempt.State.IN_PROGRESS and attempt.score is None
    assert attempt.deadline - attempt.started_at == timedelta(minutes=30)
    assert abs(attempt.started_at - world.at) < timedelta(minutes=30)


def test_an_answer_changes_the_answer_and_nothing_else(world: World) -> None:
    before = Attempt.objects.filter(uuid=world.things["attempt"]).values().get()
    answer = post(world, door("exams:answer"), Who.LEARNER, {**foreign(world), "op_id": str(uuid4())})
    assert answer.status_code == 200
    assert answer.json()["receipt"]["version"] == 1
    assert not [year for year in ("2099-01-01", "2020-01-01") if year in answer.content.decode()]
    assert Attempt.objects.filter(uuid=world.things["attempt"]).values().get() == before
    items = AttemptItem.objects.filter(attempt__uuid=world.things["attempt"])
    assert [item.score for item in items] == [None] * 5
    assert [item.answer_version for item in items.order_by("position")] == [1, 0, 0, 0, 0]


def test_handing_in_scores_what_was_answered(world: World) -> None:
    assert post(world, door("exams:submit"), Who.LEARNER, foreign(world)).status_code == 200
    attempt = Attempt.objects.get(uuid=world.things["attempt"])
    given = attempt.items.filter(version=world.things["asked_version"])  # everybody gets the points of this one
    assert attempt.score == sum(item.points for item in given) and attempt.passed is False
    assert attempt.person == world.fresh(Who.LEARNER)


def test_enrolling_is_for_oneself_and_begins_at_the_beginning(world: World) -> None:
    external = world.fresh(Who.EXAMINER)
    others = Enrolment.objects.filter(person=world.fresh(Who.OTHER_LEARNER))
    before = others.count()
    assert post(world, door("portal:enrol"), Who.EXAMINER, foreign(world)).status_code == 302
    enrolment = Enrolment.objects.get(person=external)
    assert enrolment.state == Enrolment.State.OPEN and enrolment.completed_at is None
    assert not TrainingRecord.objects.filter(person=external).exists()
    assert others.count() == before


def test_a_beat_credits_no_more_than_has_passed(world: World) -> None:
    begun = time.monotonic()
    start = post(world, door("portal:start"), Who.EXAMINER, foreign(world)).json()
    sent = {**foreign(world), "token": start["token"], "touched": True, "end_reached": True, "position": 1}
    for _ in range(5):
        reply = post(world, door("portal:beat"), Who.EXAMINER, sent).json()
    passed = time.monotonic() - begun + 1
    assert reply["credited_seconds"] <= passed
    assert not reply["completed"]
    assert LessonResult.objects.get(enrolment__person=world.fresh(Who.EXAMINER)).valid_seconds <= passed


def test_preferences_are_language_and_size_only(world: World) -> None:
    before = Person.objects.filter(pk=world.fresh(Who.LEARNER).pk).values().get()
    for name in ("account_preferences", "set_language"):
        sent = {**foreign(world), "language": "en", "large_text": "on"}
        assert post(world, door(name), Who.LEARNER, sent).status_code == 302
    after = Person.objects.filter(pk=world.fresh(Who.LEARNER).pk).values().get()
    assert {name for name in after if after[name] != before[name]} == {"language", "large_text"}


def test_nobody_gives_themselves_a_role_or_an_extra_attempt(world: World) -> None:
    before = RoleGrant.objects.count()
    for who in (Who.LEARNER, Who.MANAGER, Who.TRAINER, Who.EXAMINER, Who.AUDITOR):
        assert post(world, door("people:grant_role"), who, FORGED).status_code == 404
        if who is not Who.EXAMINER:
            assert post(world, door("exams:reopen"), who).status_code == 404
    assert post(world, door("people:grant_role"), Who.TRAINING_ADMIN).status_code == 403
    mine = {"role": "auditor", "unit": "YL"}
    url = f"/desk/people/{world.fresh(Who.SYSTEM_ADMIN).uuid}/roles/"
    world.browser(Who.SYSTEM_ADMIN).post(url, mine)
    assert RoleGrant.objects.count() == before


def test_a_correction_stays_with_the_person_and_the_course(world: World) -> None:
    sent = {**foreign(world), "hours": "0.5", "score": "80", "reason": "误"}
    assert post(world, door("records:correct"), Who.TRAINING_ADMIN, sent).status_code == 302
    record = TrainingRecord.objects.latest("pk")
    assert record.person == world.fresh(Who.LEARNER)
    assert record.corrects is not None and record.corrects.uuid == world.things["record"]


def test_a_question_file_goes_only_where_its_uploader_may_write(world: World) -> None:
    """The stored file carries bank and unit; what the browser says besides counts for nothing, nor do foreign rows."""
    file = QuestionImport.objects.get(uuid=world.things["upload"])
    sent = {"unit": str(world.units["CG"].pk), "bank": "别的题库", f"row-{file.rows.get().pk}": "leave"}
    for who in (Who.TRAINING_ADMIN, Who.LEARNER):
        for name in ("exams:import_decide", "exams:import_confirm"):
            assert post(world, door(name), who, sent).status_code == 404
    assert file.rows.get().taken
    assert post(world, door("exams:import_confirm"), Who.EXAMINER, {"bank": "别的题库"}).status_code == 302
    assert QuestionBank.objects.get(name="新题库").unit == world.units["YL"]
    assert not QuestionBank.objects.filter(name="别的题库").exists()
