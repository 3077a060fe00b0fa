"""阅卷: what markers gave an answer, and who has it in hand."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from exams.models.attempt import AttemptItem
from exams.rules.marking import Round


class Marking(models.Model):
    """One marker's points for one answer. Never changed: another opinion is another row.

    `given`: points for each criterion of the rubric, as texts of decimals; `points`: what they make of the question's.
    """

    class Rounds(models.IntegerChoices):
        FIRST = Round.FIRST, _("First marking")
        SECOND = Round.SECOND, _("Second marking")
        ARBITRATION = Round.ARBITRATION, _("Arbitration")
        REVIEW = Round.REVIEW, _("Reviewed on request")

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    item = models.ForeignKey(AttemptItem, on_delete=models.PROTECT, related_name="markings")
    marker = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    round = models.PositiveSmallIntegerField(choices=Rounds.choices)
    given = models.JSONField(default=list)
    points = models.DecimalField(max_digits=6, decimal_places=2)
    comment = models.CharField(max_length=1000, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["item", "round"], condition=Q(round__lt=4), name="exams_marked_once"),
            models.UniqueConstraint(fields=["item", "marker"], condition=Q(round__lt=4), name="exams_marker_once"),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} · {self.round}"


class MarkingLease(models.Model):
    """Who has an answer in hand until when, so that two markers do not get the same one."""

    item = models.OneToOneField(AttemptItem, on_delete=models.CASCADE, primary_key=True, related_name="lease")
    marker = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    until = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.item_id} → {self.marker_id}"
