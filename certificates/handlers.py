"""What certificates do when something happened."""

from datetime import datetime

from certificates.actions import issue
from certificates.models import Certificate
from lms.journal.models import Entry
from lms.notices import actions as notices
from lms.records.models import Enrolment


def issue_certificate(entry: Entry, *, at: datetime) -> None:
    """enrolment-completed: the certificate is dated the day of completion, not the day the announcement arrived."""
    issue(enrolment=Enrolment.objects.get(pk=entry.payload["enrolment"]), at=entry.occurred_at)


def tell_the_person(entry: Entry, *, at: datetime) -> None:
    """certificate-issued: a notice, once."""
    certificate = Certificate.objects.select_related("person").get(pk=entry.payload["certificate"])
    notices.send(
        "certificate_issued",
        to=certificate.person,
        context={
            "certificate": str(certificate.uuid),
            "serial": certificate.serial,
            "course": certificate.wording["course"],
        },
        key=f"certificate-issued:{certificate.pk}",
        at=at,
    )
