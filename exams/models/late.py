"""What an examiner decided about an answer that came after the end."""

from django.conf import settings
from django.db import models

from exams.models.attempt import Answer


class LateDecision(models.Model):
    """One for each late answer, and final: what turns out wrong is put right by a review or a correction.

    `accepted` without `counted`: accepted together with a later answer to the same question, which counts.
    """

    answer = models.OneToOneField(Answer, on_delete=models.PROTECT, related_name="decision")
    accepted = models.BooleanField()
    counted = models.OneToOneField(Answer, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.answer_id}: {'accepted' if self.accepted else 'left'}"
