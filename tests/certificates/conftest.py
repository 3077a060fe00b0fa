"""Completed courses and the certificates they earn."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal

import pytest

from certificates.actions import issue, place_template
from certificates.models import Certificate, CertificateTemplate
from courses.models import Course
from lms.people.models import Person
from lms.records.actions import complete_lesson, enrol
from lms.records.models import Enrolment
from lms.records.rules import Result
from tests.factories import lessons_of, make_course


@pytest.fixture
def course(db: None) -> Course:
    return make_course(lessons=["结业考试"])


@pytest.fixture
def template(course: Course, at: datetime) -> CertificateTemplate:
    return place_template(
        key="safety",
        name="培训合格证书",
        signer="云岭县供电公司",
        signer_title="人力资源部　林晓雯",
        prefix="YL-AQ",
        seal_text="演示专用",
        validity_months=36,
        courses=[course],
        by=None,
        at=at,
    )


@pytest.fixture
def complete(course: Course, at: datetime) -> Callable[..., Enrolment]:
    """The person has learned the course to the end."""

    def finish(person: Person, *, when: datetime = at, of: Course = course) -> Enrolment:
        enrolment = enrol(person=person, course=of, by=None, at=when)
        result = Result(Decimal(92), Decimal(100), passed=True)
        for lesson in lessons_of(of):
            complete_lesson(enrolment=enrolment, lesson=lesson, result=result, source="test", by=None, at=when)
        enrolment.refresh_from_db()
        return enrolment

    return finish


@pytest.fixture
def certificate(
    template: CertificateTemplate, complete: Callable[..., Enrolment], li_zhendong: Person, at: datetime
) -> Certificate:
    """李振东's, not printed yet."""
    issued = issue(enrolment=complete(li_zhendong), at=at)
    assert issued
    return issued
