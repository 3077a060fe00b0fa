"""Issue the certificate of a completed enrolment: once, numbered without gaps, every word frozen."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import F
from django.utils.timezone import localdate

from certificates import rules
from certificates.models import Certificate, CertificateSeries, CertificateTemplate
from lms.journal import actions as journal
from lms.records.models import Enrolment, TrainingRecord


@transaction.atomic
def issue(*, enrolment: Enrolment, at: datetime) -> Certificate | None:
    """The certificate of this enrolment: the one it has, a new one, or None when it earns none.

    It earns one when the course has a template, the enrolment is completed and its training record stands, all read
    in this transaction behind a lock on the enrolment.
    """
    enrolment = Enrolment.objects.select_for_update(of=("self",)).select_related("person").get(pk=enrolment.pk)
    existing = Certificate.objects.filter(enrolment=enrolment).first()
    if existing:
        return existing
    template = CertificateTemplate.objects.filter(courses=enrolment.course_id).order_by("id").first()
    record = TrainingRecord.objects.standing().filter(enrolment=enrolment).select_related("unit").first()
    if template is None or not _earned(enrolment, record):
        return None
    assert record is not None
    certificate = _create(template, enrolment, record, at)
    journal.write(
        "certificate-issued",
        by=None,
        at=at,
        payload={"certificate": certificate.pk},
        about=enrolment.person,
        unit=certificate.unit,
    )
    return certificate


def _earned(enrolment: Enrolment, record: TrainingRecord | None) -> bool:
    completed = enrolment.state == Enrolment.State.COMPLETED
    return completed and record is not None and record.passed is not False


def _create(template: CertificateTemplate, enrolment: Enrolment, record: TrainingRecord, at: datetime) -> Certificate:
    today = localdate(at)
    valid_until = rules.last_valid_day(today, template.validity_months)
    number = _next_number(template.prefix, today.year)
    words = _wording(template, enrolment, record, rules.serial(template.prefix, today.year, number))
    words |= {"date": rules.full_date(today), "valid_until": rules.full_date(valid_until) if valid_until else ""}
    lead, body = rules.sentence(template.wording, words)
    wording = rules.Wording(**words, lead=lead, body=body)
    return Certificate.objects.create(
        serial=wording.serial,
        template=template,
        person=enrolment.person,
        enrolment=enrolment,
        wording=wording.as_json(),
        issued_at=at,
        valid_until=valid_until,
        render_due_at=at,
        unit=record.unit,
        position_id=record.position_id,
        employment=record.employment,
    )


def _wording(
    template: CertificateTemplate, enrolment: Enrolment, record: TrainingRecord, serial: str
) -> dict[str, str]:
    return {
        "title": template.name,
        "serial": serial,
        "name": enrolment.person.name,
        "number": enrolment.person.staff_no,
        "unit": record.unit.name if record.unit else "",
        "course": record.title,
        "hours": rules.plain_number(record.hours),
        "score": _score(record.score, record.max_score),
        "signer": template.signer,
        "signer_title": template.signer_title,
        "seal_text": template.seal_text,
    }


def _score(score: Decimal | None, most: Decimal | None) -> str:
    """Points out of 100 as a plain number; out of anything else with the whole ("45/50")."""
    if score is None or most in (None, Decimal(100)):
        return rules.plain_number(score)
    return f"{rules.plain_number(score)}/{rules.plain_number(most)}"


def _next_number(prefix: str, year: int) -> int:
    """Raise the series and read it back; the raised row stays locked until the transaction ends."""
    series, _ = CertificateSeries.objects.get_or_create(prefix=prefix, year=year)
    CertificateSeries.objects.filter(pk=series.pk).update(last=F("last") + 1)
    return CertificateSeries.objects.values_list("last", flat=True).get(pk=series.pk)
