"""Which certificates somebody may see, and what one says to a screen."""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from certificates import rules
from certificates.enums import State
from certificates.models import Certificate, CertificateQuerySet
from certificates.rendering import glyphs
from lms.people import access
from lms.people.models import Person, PostAssignment
from lms.records.models import TrainingRecord


@dataclass(frozen=True)
class Shown:
    """A certificate with what it is worth at a moment."""

    certificate: Certificate
    at: datetime
    wording: rules.Wording = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "wording", rules.Wording.from_json(self.certificate.wording))

    @property
    def state(self) -> State:
        one = self.certificate
        return rules.state(revoked_at=one.revoked_at, valid_until=one.valid_until, today=localdate(self.at))

    @property
    def tone(self) -> str:
        """How the state looks on a chip."""
        return {State.VALID: "done", State.EXPIRING: "warn", State.EXPIRED: "", State.REVOKED: "act"}[self.state]

    @property
    def ready(self) -> bool:
        return self.certificate.rendered_at is not None

    @property
    def held(self) -> str:
        """Why it cannot be printed, in words; empty when nothing stands in the way."""
        if not self.certificate.held_reason:
            return ""
        characters = glyphs.held_characters(self.certificate.held_reason)
        if characters:
            return _("No font has these characters: %(characters)s") % {"characters": ", ".join(characters)}
        return _("Printing failed three times.")


def in_scope(viewer: Person, perm: str) -> CertificateQuerySet:
    """Certificates of the people who work in the viewer's units today; of leavers, by where they worked then."""
    units = access.scope(viewer, perm)
    posts = PostAssignment.objects.current()
    today = Q(Exists(posts.filter(person=OuterRef("person"), unit__in=units)))
    left = Q(~Exists(posts.filter(person=OuterRef("person"))), unit__in=units)
    return Certificate.objects.filter(today | left)


def openable(viewer: Person) -> QuerySet[Certificate]:
    """The viewer's own, and those in scope."""
    own = Q(person=viewer)
    return Certificate.objects.filter(own | Q(pk__in=in_scope(viewer, access.Perm.CERTIFICATES_VIEW).values("pk")))


def verifiable(code: str) -> Certificate | None:
    """The certificate behind a code, with `corrected`: whether its training record was corrected after the issue."""
    corrections = TrainingRecord.objects.filter(enrolment=OuterRef("enrolment"), corrects__isnull=False)
    return Certificate.objects.filter(code=code).annotate(corrected=Exists(corrections)).first()


def shapes_certificates(viewer: Person) -> bool:
    """Templates speak for the whole company: whoever changes them answers for a top unit, not for a part of it."""
    return access.scope(viewer, access.Perm.CERTIFICATES_REVOKE).filter(parent=None).exists()


def search(certificates: QuerySet[Certificate], text: str) -> QuerySet[Certificate]:
    """By name as printed or as it is today, staff number, certificate number."""
    text = text.replace("\0", "").strip()[:100]
    if not text:
        return certificates
    return certificates.filter(
        Q(person__name__icontains=text) | Q(person__staff_no__iexact=text) | Q(serial__icontains=text)
    )


def in_state(certificates: QuerySet[Certificate], state: str, today: date) -> QuerySet[Certificate]:
    """Filter by what they are worth today, or by `held`; anything else filters nothing."""
    standing = Q(revoked_at=None)
    over = Q(valid_until__lt=today)
    conditions = {
        "held": ~Q(held_reason=""),
        State.REVOKED.value: ~standing,
        State.EXPIRED.value: standing & over,
        State.VALID.value: standing & (Q(valid_until=None) | ~over),
    }
    return certificates.filter(conditions[state]) if state in conditions else certificates
