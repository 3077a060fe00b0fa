"""Hours (学时) on a person's accounts, and the training record the law asks for. Both only grow."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.enums import HourAccount
from courses.models import CourseEdition
from lms.records.models.enrolment import AsOfThen, Enrolment


class TrainingRecordQuerySet(models.QuerySet["TrainingRecord"]):
    def standing(self) -> "TrainingRecordQuerySet":
        """Records that no later record voids or replaces."""
        return self.filter(corrected_by=None, void=False)


class TrainingRecord(AsOfThen):
    """One training, as the archive keeps it: time, content, hours, result (安全生产法 28). Never changed or deleted.

    A correction is a new record that `corrects` the old one, with who and why; `void` takes it back altogether.
    `occurred_at` and `recorded_at` differ when something was entered late, and both show.
    """

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="training_records")
    enrolment = models.ForeignKey(Enrolment, null=True, on_delete=models.PROTECT, related_name="training_records")
    edition = models.ForeignKey(CourseEdition, null=True, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=255)
    hours = models.DecimalField(max_digits=5, decimal_places=1)
    account = models.CharField(max_length=12, choices=HourAccount.choices)
    score = models.DecimalField(max_digits=6, decimal_places=2, null=True)
    max_score = models.DecimalField(max_digits=6, decimal_places=2, null=True)
    passed = models.BooleanField(null=True)
    occurred_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=255, blank=True)
    corrects = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="corrected_by")
    void = models.BooleanField(default=False)

    objects = TrainingRecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("training record")
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment"],
                condition=models.Q(corrects=None, enrolment__isnull=False),
                name="records_one_first_record",
            ),
        ]
        indexes = [models.Index(fields=["person", "occurred_at"], name="records_transcript")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.title}"


class HourCredit(models.Model):
    """Hours moved to one account by one training record; negative when a correction takes some back."""

    record = models.ForeignKey(TrainingRecord, on_delete=models.PROTECT, related_name="credits")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="hour_credits")
    account = models.CharField(max_length=12, choices=HourAccount.choices)
    hours = models.DecimalField(max_digits=5, decimal_places=1)
    credited_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["record", "account"], name="records_credit_once")]
        indexes = [models.Index(fields=["person", "account"], name="records_account")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.account} {self.hours}"
