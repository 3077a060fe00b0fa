"""How scores came to be what they are, after the sitting itself."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from exams.models.attempt import Attempt
from exams.models.correction import Correction


class ScoreChange(models.Model):
    """A score before and after, with the reason. There is no other way to change a score (P9).

    `items`: [[position, points before, points after], …] as texts; null: none yet. `grading` is the version of the
    rules. A pass whose new score is below the pass mark stands until an examiner has decided: `pass_stands`.
    """

    class Cause(models.TextChoices):
        MARKED = "marked", _("Marked by people")
        REVIEWED = "reviewed", _("Reviewed on request")
        CORRECTED = "corrected", _("Question corrected")
        LATE = "late", _("Late answers accepted")

    class PassStands(models.TextChoices):
        NO_QUESTION = "", _("Not in question")
        OPEN = "open", _("To be decided")
        KEPT = "kept", _("The pass stands")
        WITHDRAWN = "withdrawn", _("The pass is withdrawn")

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    attempt = models.ForeignKey(Attempt, on_delete=models.PROTECT, related_name="score_changes")
    cause = models.CharField(max_length=10, choices=Cause.choices)
    correction = models.ForeignKey(Correction, null=True, on_delete=models.PROTECT, related_name="changes")
    reason = models.CharField(max_length=500, blank=True)
    items = models.JSONField(default=list)
    old_score = models.DecimalField(max_digits=6, decimal_places=2, null=True)
    old_max_score = models.DecimalField(max_digits=6, decimal_places=2)
    old_passed = models.BooleanField(null=True)
    score = models.DecimalField(max_digits=6, decimal_places=2, null=True)
    max_score = models.DecimalField(max_digits=6, decimal_places=2)
    passed = models.BooleanField(null=True)
    grading = models.CharField(max_length=40)
    pass_stands = models.CharField(max_length=9, choices=PassStands.choices, blank=True, default="")
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decision = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.attempt_id}: {self.old_score} → {self.score}"
