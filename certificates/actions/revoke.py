"""Take a certificate back."""

from datetime import datetime

from django.db import transaction

from certificates.models import Certificate
from lms.journal import actions as journal
from lms.people.models import Person


@transaction.atomic
def revoke(*, certificate: Certificate, reason: str, by: Person, at: datetime) -> bool:
    """Revoke for a reason; False when somebody had already done it, whose reason stays.

    Verification reads the row itself, so it tells at once.
    """
    standing = Certificate.objects.filter(pk=certificate.pk, revoked_at=None)
    if not standing.update(revoked_at=at, revoked_by=by, revoke_reason=reason):
        return False
    journal.write(
        "certificate-revoked",
        by=by,
        at=at,
        payload={"certificate": certificate.pk},
        about=certificate.person,
        unit=certificate.unit,
    )
    return True
