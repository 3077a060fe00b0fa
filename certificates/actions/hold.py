"""Keep a certificate back that cannot be printed as it stands, and let it go on."""

from datetime import datetime

from django.db import transaction

from certificates.models import Certificate
from certificates.rendering import glyphs
from lms.journal import actions as journal
from lms.notices import actions as notices
from lms.people import access
from lms.people.models import Person


@transaction.atomic
def hold(*, certificate: Certificate, reason: str, at: datetime) -> bool:
    """Hold it and tell every training administrator of the person's unit; False when it was held or done already."""
    if not Certificate.objects.unrendered().filter(pk=certificate.pk).update(held_reason=reason):
        return False
    unit = certificate.unit
    shown = ", ".join(glyphs.held_characters(reason)) or reason
    journal.write(
        "certificate-held",
        by=None,
        at=at,
        payload={"certificate": certificate.pk, "reason": reason},
        about=certificate.person,
        unit=unit,
    )
    for administrator in access.holders(access.Perm.CERTIFICATES_REVOKE, within=unit, at=at):
        notices.send(
            "certificate_held",
            to=administrator,
            context={"certificate": str(certificate.uuid), "serial": certificate.serial, "reason": shown},
            key=f"certificate-held:{certificate.pk}:{at:%Y%m%d%H%M%S}:{administrator.pk}",
            at=at,
        )
    return True


@transaction.atomic
def try_again(*, certificate: Certificate, by: Person, at: datetime) -> bool:
    """Let the next worker try, for example after a font was added; False when it is not held."""
    held = Certificate.objects.held().filter(pk=certificate.pk, rendered_at=None)
    if not held.update(held_reason="", render_due_at=at, render_attempts=0):
        return False
    journal.write(
        "certificate-tried-again",
        by=by,
        at=at,
        payload={"certificate": certificate.pk},
        about=certificate.person,
        unit=certificate.unit,
    )
    return True
