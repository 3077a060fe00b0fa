"""The archive is corrected by adding to it."""

from datetime import datetime
from decimal import Decimal

import pytest

from lms.journal.models import Entry
from lms.people.models import Person
from lms.records.actions import complete_lesson, correct_record, enrol
from lms.records.models import TrainingRecord
from lms.records.queries import hours_by_account, transcript
from lms.records.rules import RefusedCorrection, Result
from tests.factories import lessons_of, make_course

pytestmark = pytest.mark.django_db


@pytest.fixture
def record(li_zhendong: Person, at: datetime) -> TrainingRecord:
    course = make_course(lessons=["第一课"], hours="4.0", account="safety")
    enrolment = enrol(person=li_zhendong, course=course, by=li_zhendong, at=at)
    complete_lesson(
        enrolment=enrolment,
        lesson=lessons_of(course)[0],
        result=Result(Decimal(90), Decimal(100), True),
        source="x",
        by=li_zhendong,
        at=at,
    )
    return TrainingRecord.objects.get()


def test_a_correction_replaces_the_record_and_moves_the_hours(
    record: TrainingRecord, lin_xiaowen: Person, at: datetime
) -> None:
    new = correct_record(record=record, hours=Decimal("2.5"), reason="只参加了半天", by=lin_xiaowen, at=at)
    assert hours_by_account(record.person)["safety"] == Decimal("2.5")
    [line] = transcript(record.person)
    assert (line.record, line.earlier) == (new, [record])
    assert (new.recorded_by, new.reason, new.occurred_at) == (lin_xiaowen, "只参加了半天", record.occurred_at)


def test_the_old_record_is_unchanged(record: TrainingRecord, lin_xiaowen: Person, at: datetime) -> None:
    correct_record(record=record, hours=Decimal(2), reason="补录", by=lin_xiaowen, at=at)
    record.refresh_from_db()
    assert (record.hours, record.score, record.void) == (Decimal(4), Decimal(90), False)


def test_taking_a_record_back_takes_its_hours_and_leaves_it_visible(
    record: TrainingRecord, lin_xiaowen: Person, at: datetime
) -> None:
    correct_record(record=record, void=True, reason="记错人员", by=lin_xiaowen, at=at)
    assert hours_by_account(record.person)["safety"] == 0
    assert transcript(record.person)[0].record.void
    assert not TrainingRecord.objects.standing().exists()


def test_a_correction_can_be_corrected(record: TrainingRecord, lin_xiaowen: Person, at: datetime) -> None:
    first = correct_record(record=record, hours=Decimal(2), reason="一", by=lin_xiaowen, at=at)
    correct_record(record=first, hours=Decimal(3), score=Decimal(80), reason="二", by=lin_xiaowen, at=at)
    assert hours_by_account(record.person)["safety"] == 3
    assert transcript(record.person)[0].record.score == 80


def test_a_record_is_corrected_once(record: TrainingRecord, lin_xiaowen: Person, at: datetime) -> None:
    correct_record(record=record, hours=Decimal(2), reason="一", by=lin_xiaowen, at=at)
    with pytest.raises(RefusedCorrection, match="corrected"):
        correct_record(record=record, hours=Decimal(3), reason="二", by=lin_xiaowen, at=at)


def test_a_correction_needs_a_reason(record: TrainingRecord, lin_xiaowen: Person, at: datetime) -> None:
    with pytest.raises(RefusedCorrection, match="reason"):
        correct_record(record=record, hours=Decimal(2), reason=" ", by=lin_xiaowen, at=at)


def test_who_corrected_what_is_in_the_journal(record: TrainingRecord, lin_xiaowen: Person, at: datetime) -> None:
    new = correct_record(record=record, hours=Decimal(2), reason="补录", by=lin_xiaowen, at=at)
    entry = Entry.objects.get(kind="record-corrected")
    assert (entry.by_person, entry.about_person) == (lin_xiaowen.pk, record.person_id)
    assert entry.payload == {"record": new.pk, "corrects": record.pk, "void": False}


def test_hours_of_a_year_follow_the_day_of_the_training(
    record: TrainingRecord, lin_xiaowen: Person, at: datetime
) -> None:
    correct_record(record=record, hours=Decimal(2), reason="补录", by=lin_xiaowen, at=at.replace(year=at.year + 1))
    assert hours_by_account(record.person, year=at.year)["safety"] == 2
    assert hours_by_account(record.person, year=at.year + 1)["safety"] == 0
