"""A completed course with a template earns one certificate, numbered and frozen."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from certificates.actions import issue, place_template
from certificates.models import Certificate, CertificateSeries, CertificateTemplate
from courses.models import Course
from lms.journal.actions import deliver
from lms.journal.models import Delivery, Entry
from lms.notices.models import Notice
from lms.people.models import Person
from lms.records.actions import correct_record, enrol
from lms.records.models import Enrolment, TrainingRecord
from tests.factories import make_course

Complete = Callable[..., Enrolment]


def test_a_completed_course_with_a_template_earns_a_certificate_and_a_notice(
    template: CertificateTemplate, complete: Complete, li_zhendong: Person, at: datetime
) -> None:
    complete(li_zhendong)
    for _ in range(3):  # completed → issued → told
        deliver(at=at)
    certificate = Certificate.objects.get()
    assert certificate.person == li_zhendong
    assert certificate.serial == f"YL-AQ-{at.year}-000001"
    notice = Notice.objects.get(kind="certificate_issued")
    assert (notice.person, notice.context["serial"]) == (li_zhendong, certificate.serial)


def test_announcements_that_arrive_twice_change_nothing(
    template: CertificateTemplate, complete: Complete, li_zhendong: Person, at: datetime
) -> None:
    complete(li_zhendong)
    for _ in range(3):
        deliver(at=at)
    Delivery.objects.update(state=Delivery.State.PENDING)
    deliver(at=at + timedelta(seconds=1))
    assert Certificate.objects.count() == 1
    assert Notice.objects.filter(kind="certificate_issued").count() == 1
    assert Entry.objects.filter(kind="certificate-issued").count() == 1


def test_every_word_is_frozen_on_the_day_of_issue(
    certificate: Certificate, template: CertificateTemplate, li_zhendong: Person, at: datetime
) -> None:
    li_zhendong.name = "李震东"
    li_zhendong.save()
    place_template(key="safety", name="新名称", signer="别人", prefix="XX", by=None, at=at)
    certificate.refresh_from_db()
    words = certificate.wording
    assert (words["name"], words["number"], words["unit"]) == ("李振东", "00120039", "变电运维班")
    assert (words["title"], words["signer"]) == ("培训合格证书", "云岭县供电公司")
    assert (words["course"], words["hours"], words["score"]) == ("触电急救（理论）", "1", "92")
    assert words["lead"] == "兹证明"
    assert words["body"] == f"于{words['date']}完成《触电急救（理论）》培训，计1学时，经考核合格，特发此证。"


def test_the_code_cannot_be_guessed(certificate: Certificate) -> None:
    assert len(certificate.code) >= 27  # 160 bits


def test_a_course_without_template_earns_none(complete: Complete, li_zhendong: Person, at: datetime) -> None:
    assert issue(enrolment=complete(li_zhendong), at=at) is None


def test_an_enrolment_that_is_not_completed_earns_none(
    template: CertificateTemplate, course: Course, li_zhendong: Person, at: datetime
) -> None:
    assert issue(enrolment=enrol(person=li_zhendong, course=course, by=None, at=at), at=at) is None


def test_a_record_voided_before_the_announcement_arrives_earns_none(
    template: CertificateTemplate, complete: Complete, li_zhendong: Person, lin_xiaowen: Person, at: datetime
) -> None:
    enrolment = complete(li_zhendong)
    record = TrainingRecord.objects.get()
    correct_record(record=record, hours=None, score=None, void=True, reason="误录", by=lin_xiaowen, at=at)
    assert issue(enrolment=enrolment, at=at) is None


def test_numbers_follow_each_other_by_prefix_and_year(
    template: CertificateTemplate, complete: Complete, make_person: Callable[..., Person], at: datetime
) -> None:
    people = [make_person(f"0013000{n}", f"张{n}", "YL0901") for n in range(3)]
    serials = [issue(enrolment=complete(person), at=at).serial for person in people]  # type: ignore[union-attr]
    assert serials == [f"YL-AQ-{at.year}-{n:06d}" for n in (1, 2, 3)]
    later = at + timedelta(days=366)
    other = issue(enrolment=complete(make_person("00130009", "张九", "YL0901"), when=later), at=later)
    assert other
    assert other.serial == f"YL-AQ-{later.year}-000001"


def test_an_issue_that_fails_gives_its_number_back(
    certificate: Certificate,
    complete: Complete,
    xie_yulan: Person,
    at: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    enrolment = complete(xie_yulan)
    with monkeypatch.context() as patched, pytest.raises(OSError, match="power"):
        patched.setattr("lms.journal.actions.write", _power_fails)
        issue(enrolment=enrolment, at=at)
    assert CertificateSeries.objects.get().last == 1
    issued = issue(enrolment=enrolment, at=at)
    assert issued
    assert issued.serial.endswith("-000002")


def _power_fails(*_args: object, **_facts: object) -> None:
    raise OSError("power")


def test_the_database_refuses_a_second_certificate_or_number(certificate: Certificate) -> None:
    for fact in ("enrolment", "serial", "code"):
        twin = Certificate.objects.get(pk=certificate.pk)
        twin.pk = None
        twin.uuid = Certificate().uuid
        for other in {"serial", "code"} - {fact}:
            setattr(twin, other, "another")
        with pytest.raises(IntegrityError), transaction.atomic():
            twin.save(force_insert=True)


@pytest.mark.parametrize("wording", ["兹证明{nmae}", "{settings}", "很长" * 300])
def test_a_wording_that_cannot_be_filled_is_refused(wording: str, at: datetime, db: None) -> None:
    with pytest.raises(ValidationError):
        place_template(key="x", name="证书", signer="公司", prefix="X", wording=wording, by=None, at=at)


@pytest.mark.django_db(transaction=True)
def test_parallel_issues_leave_no_gap_and_no_double(
    template: CertificateTemplate, complete: Complete, make_person: Callable[..., Person], at: datetime
) -> None:
    enrolments = [complete(make_person(f"001400{n:02d}", f"赵{n}", "YL0901")) for n in range(12)]
    barrier = Barrier(6)

    def work(mine: list[Enrolment]) -> None:
        try:
            barrier.wait()
            for enrolment in mine:
                issue(enrolment=enrolment, at=at)
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        # every enrolment is asked for by three workers
        jobs = [enrolments[n:] + enrolments[:n] for n in (0, 4, 8)] * 2
        list(pool.map(work, jobs))
    serials = sorted(Certificate.objects.values_list("serial", flat=True))
    assert serials == [f"YL-AQ-{at.year}-{n:06d}" for n in range(1, 13)]
    assert Entry.objects.filter(kind="certificate-issued").count() == 12


def test_a_course_of_two_templates_takes_the_older(
    template: CertificateTemplate, complete: Complete, course: Course, li_zhendong: Person, at: datetime
) -> None:
    place_template(
        key="z", name="另一证书", signer="公司", prefix="Z", courses=[course, make_course()], by=None, at=at
    )
    issued = issue(enrolment=complete(li_zhendong), at=at)
    assert issued
    assert issued.template == template
