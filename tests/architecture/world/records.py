"""What the learner has done, and the certificate for it."""

from datetime import datetime, timedelta
from decimal import Decimal

from django.core.files.base import ContentFile

from certificates.actions import issue, place_template
from certificates.models import Certificate
from lms.journal.actions import deliver
from lms.records.actions import assign, complete_lesson, enrol
from lms.records.models import TrainingRecord
from lms.records.rules import Result
from lms.reports.actions import save_filter
from tests.architecture.world.cast import Who, World


def learn(world: World) -> None:
    """The learner has completed the course, was assigned it, holds its certificate and has notices of all that."""
    learner, course, at = world.people[Who.LEARNER], world.things["course_object"], world.at
    template = place_template(
        key="safety", name="培训合格证书", signer="云岭县供电公司", signer_title="", prefix="YL-AQ",
        seal_text="演示专用", validity_months=36, courses=[course], by=None, at=at,
    )  # fmt: skip
    world.things["template"] = template
    world.things["template_key"] = template.key
    assignment = assign(course=course, unit=world.units["CG"], due_at=at + timedelta(days=9), by=None, at=at)
    other = assign(course=course, person=world.people[Who.OTHER_LEARNER], by=None, at=at)
    enrolment = enrol(person=learner, course=course, by=None, at=at)
    complete_lesson(
        enrolment=enrolment, lesson=world.things["lesson_object"], source="world", by=None, at=at,
        result=Result(Decimal(92), Decimal(100), True),
    )  # fmt: skip
    enrolment.refresh_from_db()
    deliver(at=at, limit=500)
    certificate = issue(enrolment=enrolment, at=at)
    assert certificate is not None
    deliver(at=at, limit=500)
    _printed(certificate, at)
    notice = learner.notices.first()
    assert notice is not None
    world.things |= {
        "assignment": assignment.uuid, "other_assignment": other.uuid, "enrolment": enrolment.uuid,
        "certificate": certificate.uuid, "code": certificate.code, "notice": notice.uuid,
        "record": TrainingRecord.objects.get(enrolment=enrolment).uuid, "person": learner.uuid,
        "saved_filter": save_filter(
            name="逾期", view="people", query="state=overdue", by=world.people[Who.TRAINING_ADMIN], at=at
        ).uuid,
        "number": learner.staff_no, "manager": world.people[Who.MANAGER].uuid,
    }  # fmt: skip


def _printed(certificate: Certificate, at: datetime) -> None:
    certificate.pdf = ContentFile(b"%PDF-1.7", f"{certificate.uuid}.pdf")
    certificate.png = ContentFile(b"\x89PNG", f"{certificate.uuid}.png")
    certificate.rendered_at = at
    certificate.save()
