"""Certificates: issued when an enrolment is completed, frozen, and verifiable by anyone who holds the code."""

import secrets
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.models import Course
from lms.records.models import Enrolment
from lms.records.models.enrolment import AsOfThen


def new_code() -> str:
    """An unguessable code (160 bits) that is short enough for a QR code."""
    return secrets.token_urlsafe(20)


class CertificateTemplate(models.Model):
    """What the certificates of some courses say and who signs them. Changing it changes no issued certificate."""

    key = models.SlugField(max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=100)
    wording = models.TextField(_("wording"))
    signer = models.CharField(_("signer"), max_length=100)
    signer_title = models.CharField(_("signer's title"), max_length=100, blank=True)
    seal_text = models.CharField(_("seal"), max_length=60, blank=True)
    prefix = models.CharField(_("number prefix"), max_length=20)
    validity_months = models.PositiveSmallIntegerField(_("validity in months"), null=True, blank=True)
    courses = models.ManyToManyField(Course, blank=True, related_name="certificate_templates")

    class Meta:
        verbose_name = _("certificate template")

    def __str__(self) -> str:
        return self.name


class CertificateSeries(models.Model):
    """The last number given out for a prefix in a year. Whoever raises it holds its lock until the certificate stands.

    So numbers have neither gaps nor doubles: an issue that fails gives its number back with everything else.
    """

    prefix = models.CharField(max_length=20)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["prefix", "year"], name="certificates_one_series_a_year")]

    def __str__(self) -> str:
        return f"{self.prefix}-{self.year}-{self.last:06d}"


class CertificateQuerySet(models.QuerySet["Certificate"]):
    def unrendered(self) -> "CertificateQuerySet":
        """Without files, and nothing known that stands in the way."""
        return self.filter(rendered_at=None, held_reason="")

    def held(self) -> "CertificateQuerySet":
        """Not printable as it stands: the training administrator has to look."""
        return self.exclude(held_reason="")


class Certificate(AsOfThen):
    """One certificate. `wording` freezes every word printed on it at issue (`certificates.rules.Wording`).

    Rendering is work that a row stands for: `render_due_at` is both the claim of the worker that has it now and the
    wait after a failure. `held_reason` is `glyphs U+20164 …` (no font covers them) or `failed` (it broke three times).
    """

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    code = models.CharField(max_length=40, unique=True, default=new_code, editable=False)
    serial = models.CharField(_("certificate number"), max_length=40, unique=True)
    template = models.ForeignKey(CertificateTemplate, on_delete=models.PROTECT, related_name="certificates")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="certificates")
    enrolment = models.OneToOneField(Enrolment, on_delete=models.PROTECT, related_name="certificate")
    wording = models.JSONField()
    issued_at = models.DateTimeField()
    valid_until = models.DateField(null=True)
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    revoke_reason = models.CharField(max_length=255, blank=True)
    held_reason = models.CharField(max_length=255, blank=True)
    render_due_at = models.DateTimeField()
    render_attempts = models.PositiveSmallIntegerField(default=0)
    rendered_at = models.DateTimeField(null=True)
    pdf = models.FileField(upload_to="certificates/", blank=True)
    png = models.FileField(upload_to="certificates/", blank=True)

    objects = CertificateQuerySet.as_manager()

    class Meta:
        verbose_name = _("certificate")
        ordering = ["-issued_at", "-id"]
        indexes = [
            models.Index(
                fields=["render_due_at"],
                name="certificates_unrendered",
                condition=models.Q(rendered_at=None, held_reason=""),
            ),
            models.Index(fields=["person", "-issued_at"], name="certificates_of_person"),
            models.Index(fields=["-issued_at"], name="certificates_newest"),
            models.Index(
                fields=["valid_until", "id"], name="certificates_ending", condition=models.Q(revoked_at=None)
            ),
        ]

    def __str__(self) -> str:
        return self.serial
