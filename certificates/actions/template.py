"""Say what the certificates of some courses look like."""

from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from certificates import rules
from certificates.models import CertificateTemplate
from courses.models import Course
from lms.journal import actions as journal
from lms.people.models import Person

WORDING = "兹证明{name}于{date}完成《{course}》培训，计{hours}学时，经考核合格，特发此证。"
LONGEST_WORDING = 400


@transaction.atomic
def place_template(
    *,
    key: str,
    name: str,
    signer: str,
    prefix: str,
    by: Person | None,
    at: datetime,
    wording: str = WORDING,
    signer_title: str = "",
    seal_text: str = "",
    validity_months: int | None = None,
    courses: Iterable[Course] | None = None,
) -> CertificateTemplate:
    """Create or change the template with this key; `courses` replaces the courses it certifies, None leaves them.

    Raises ValidationError for a wording that is too long or has anything in braces that is not a placeholder.
    """
    check_wording(wording)
    facts = {
        "name": name,
        "wording": wording,
        "signer": signer,
        "signer_title": signer_title,
        "seal_text": seal_text,
        "prefix": prefix,
        "validity_months": validity_months,
    }
    template, _created = CertificateTemplate.objects.update_or_create(key=key, defaults=facts)
    if courses is not None:
        template.courses.set(courses)
    journal.write("certificate-template-placed", by=by, at=at, payload={"template": template.pk, "key": key})
    return template


def check_wording(wording: str) -> None:
    unknown = rules.unknown_placeholders(wording)
    if unknown:
        raise ValidationError(_("Unknown placeholder: %(name)s") % {"name": f"{{{unknown[0]}}}"})
    if len(wording) > LONGEST_WORDING:
        raise ValidationError(_("The wording has more than %(most)s characters.") % {"most": LONGEST_WORDING})
