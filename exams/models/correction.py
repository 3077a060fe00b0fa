"""更正试题: what is decided about a question after people have sat it."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from exams.models.bank import QuestionVersion
from exams.models.exam import Exam


class CorrectionQuerySet(models.QuerySet["Correction"]):
    def unfinished(self) -> "CorrectionQuerySet":
        return self.filter(finished_at=None)


class Correction(models.Model):
    """How a question counts in an exam from now on, in every sitting of it; of several the newest counts.

    `replacement`: the version with the right key. Finished attempts are made anew one by one: `reached` is the last of
    them, `done` how many of `total`.
    """

    class Kind(models.TextChoices):
        KEY = "key", _("Another answer is right")
        FULL = "full", _("Everybody gets the points")
        LEFT_OUT = "left_out", _("The question does not count")

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    exam = models.ForeignKey(Exam, on_delete=models.PROTECT, related_name="corrections")
    version = models.ForeignKey(QuestionVersion, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    replacement = models.ForeignKey(QuestionVersion, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=500)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    reached = models.BigIntegerField(default=0)
    finished_at = models.DateTimeField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind="key", replacement__isnull=False)
                | (~models.Q(kind="key") & models.Q(replacement=None)),
                name="exams_corrected_key",
            )
        ]
        indexes = [models.Index(fields=["exam", "version"], name="exams_corrected")]

    def __str__(self) -> str:
        return f"{self.exam_id} {self.version_id}: {self.kind}"
