"""查卷申诉: a taker asks for a review of a released result, an examiner answers."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from exams.models.attempt import Attempt


class Appeal(models.Model):
    """`position`: the question it is about, empty for the whole paper.

    What it changed is a `Marking` and a `ScoreChange`.
    """

    class State(models.TextChoices):
        OPEN = "open", _("Being reviewed")
        UPHELD = "upheld", _("Upheld")
        DECLINED = "declined", _("Declined")

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    attempt = models.ForeignKey(Attempt, on_delete=models.PROTECT, related_name="appeals")
    position = models.PositiveSmallIntegerField(null=True)
    reason = models.CharField(max_length=1000)
    sent_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    answer = models.CharField(max_length=1000, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["attempt"], condition=models.Q(state="open"), name="exams_one_open_appeal")
        ]

    def __str__(self) -> str:
        return f"{self.attempt_id}: {self.state}"
