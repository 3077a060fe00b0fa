"""The desk of the training administrator: assign with preview, look up records, correct them."""

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from courses.models import Course
from lms.people.enums import Role
from lms.people.models import OrgUnit, Person
from lms.records.actions import assign, complete_lesson, enrol
from lms.records.models import AssignedPerson, Assignment, TrainingRecord
from lms.records.rules import Result
from tests.factories import lessons_of, make_course

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Person], Client]
NEW = "/desk/assignments/new/"


@pytest.fixture
def course(db: None) -> Course:
    return make_course(lessons=["第一课"], title="触电急救（理论）")


@pytest.fixture
def desk(client_of: ClientOf, lin_xiaowen: Person) -> Client:
    return client_of(lin_xiaowen)


@pytest.fixture
def record(course: Course, li_zhendong: Person, at: datetime) -> TrainingRecord:
    enrolment = enrol(person=li_zhendong, course=course, by=None, at=at)
    complete_lesson(enrolment=enrolment, lesson=lessons_of(course)[0], result=Result(), source="x", by=None, at=at)
    return TrainingRecord.objects.get()


def filled(course: Course, **fields: object) -> dict[str, object]:
    return {"course": course.pk, "required": "yes", "again": "no", "reason": "", **fields}


def test_the_preview_names_people_and_assigns_nothing(
    desk: Client, course: Course, unit: Callable[[str], OrgUnit], li_zhendong: Person
) -> None:
    page = desk.post(NEW, filled(course, unit=unit("YL0901").pk))
    assert "李振东" in page.content.decode()
    assert not Assignment.objects.exists()


def test_confirming_assigns_until_the_end_of_the_local_day(
    desk: Client,
    course: Course,
    unit: Callable[[str], OrgUnit],
    li_zhendong: Person,
    lin_xiaowen: Person,
    at: datetime,
) -> None:
    day = timezone.localdate(at) + timedelta(days=3)
    desk.post(NEW, filled(course, unit=unit("YL0901").pk, due_on=day.isoformat(), confirm="1"))
    assignment = Assignment.objects.get()
    assert (assignment.assigned_by, assignment.required) == (lin_xiaowen, True)
    assert assignment.due_at is not None
    assert timezone.localtime(assignment.due_at).isoformat() == f"{day}T23:59:59+08:00"
    assert AssignedPerson.objects.get().person == li_zhendong


def test_one_person_is_named_by_number(desk: Client, course: Course, li_zhendong: Person) -> None:
    desk.post(NEW, filled(course, staff_no=" 00120039 ", confirm="1"))
    assert Assignment.objects.get().person == li_zhendong


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"staff_no": "12345678"},
        {"staff_no": "00120039", "due_on": "2020-01-01"},
        {"staff_no": "00120039", "due_on": "x"},
    ],
)
def test_what_is_wrong_is_said_and_nothing_assigned(
    desk: Client, course: Course, li_zhendong: Person, fields: dict[str, object]
) -> None:
    page = desk.post(NEW, filled(course, **fields, confirm="1"))
    assert page.status_code == 422
    assert not Assignment.objects.exists()


def test_a_unit_and_a_person_together_are_refused(
    desk: Client, course: Course, unit: Callable[[str], OrgUnit], li_zhendong: Person
) -> None:
    page = desk.post(NEW, filled(course, unit=unit("YL").pk, staff_no="00120039", confirm="1"))
    assert page.status_code == 422


def test_a_training_administrator_of_one_station_assigns_there_only(
    course: Course,
    make_person: Callable[..., Person],
    client_of: ClientOf,
    peng_xiaojun: Person,
    unit: Callable[..., OrgUnit],
) -> None:
    client = client_of(make_person("00120098", "段丽", "YL1301", Role.TRAINING_ADMIN))
    assert client.post(NEW, filled(course, staff_no="00120110", confirm="1")).status_code == 422
    assert client.post(NEW, filled(course, unit=unit("YL1302").pk, confirm="1")).status_code == 422
    assert not Assignment.objects.exists()


def test_an_assignment_of_another_unit_does_not_exist(
    course: Course, make_person: Callable[..., Person], client_of: ClientOf, peng_xiaojun: Person, at: datetime
) -> None:
    client = client_of(make_person("00120098", "段丽", "YL1301", Role.TRAINING_ADMIN))
    assignment = assign(course=course, person=peng_xiaojun, by=None, at=at)
    assert client.get(f"/desk/assignments/{assignment.uuid}/").status_code == 404
    assert client.post(f"/desk/assignments/{assignment.uuid}/withdraw/").status_code == 404


def test_withdrawing_from_the_desk(desk: Client, course: Course, li_zhendong: Person, at: datetime) -> None:
    assignment = assign(course=course, person=li_zhendong, by=None, at=at)
    desk.post(f"/desk/assignments/{assignment.uuid}/withdraw/")
    assert "已撤销" in desk.get(f"/desk/assignments/{assignment.uuid}/").content.decode()


@pytest.mark.parametrize("name", ["records:assignments", "records:assign", "records:records"])
def test_a_learner_finds_no_desk(client_of: ClientOf, li_zhendong: Person, name: str) -> None:
    assert client_of(li_zhendong).get(reverse(name)).status_code == 404


def test_a_manager_reads_records_of_the_own_station_only(
    client_of: ClientOf, luo_jianhua: Person, xie_yulan: Person, li_zhendong: Person
) -> None:
    client = client_of(luo_jianhua)
    assert client.get(f"/desk/records/?person={xie_yulan.uuid}").status_code == 200
    assert client.get(f"/desk/records/?person={li_zhendong.uuid}").status_code == 404
    assert "李振东" not in client.get("/desk/records/?q=李").content.decode()
    assert client.get("/desk/records/?person=nobody").status_code == 404


def test_correcting_a_record_with_a_reason(desk: Client, record: TrainingRecord) -> None:
    answer = desk.post(f"/desk/records/{record.uuid}/correct/", {"hours": "0.5", "score": "", "reason": "中途离开"})
    assert answer.status_code == 302
    assert TrainingRecord.objects.standing().get().hours == Decimal("0.5")
    page = desk.get(f"/desk/records/?person={record.person.uuid}").content.decode()
    assert "中途离开" in page


def test_a_correction_without_reason_is_refused_in_the_form(desk: Client, record: TrainingRecord) -> None:
    answer = desk.post(f"/desk/records/{record.uuid}/correct/", {"hours": "0.5", "score": "", "reason": ""})
    assert answer.status_code == 422
    assert TrainingRecord.objects.count() == 1


def test_a_manager_sees_a_record_and_is_told_who_can_correct_it(
    client_of: ClientOf, shen_hui: Person, record: TrainingRecord
) -> None:
    answer = client_of(shen_hui).get(f"/desk/records/{record.uuid}/correct/")
    assert answer.status_code == 403
    assert "只有该单位的培训管理员可以更正记录" in answer.content.decode()
