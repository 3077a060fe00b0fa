"""缓考 and 补考: who asks to sit later, and who is let to a make-up exam."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from exams.models.exam import Exam
from exams.models.session import Seat
from lms.records.models import Enrolment


class DeferralQuerySet(models.QuerySet["Deferral"]):
    def approved(self) -> "DeferralQuerySet":
        return self.filter(state=Deferral.State.APPROVED)

    def pending(self) -> "DeferralQuerySet":
        return self.filter(state=Deferral.State.PENDING)


class Deferral(models.Model):
    """A request to sit in another session than `seat`'s. Approved, the seat is vacated and nobody counts as absent."""

    class Reason(models.TextChoices):
        ON_DUTY = "on_duty", _("On duty")
        ILLNESS = "illness", _("Illness")
        AWAY = "away", _("Working away")
        OTHER = "other", _("Other reason")

    class State(models.TextChoices):
        PENDING = "pending", _("Not decided yet")
        APPROVED = "approved", _("Deferred")
        REFUSED = "refused", _("Not deferred")

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="deferrals")
    reason = models.CharField(_("reason"), max_length=10, choices=Reason.choices)
    note = models.CharField(_("details"), max_length=255, blank=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.PENDING)
    asked_at = models.DateTimeField()
    decision = models.CharField(_("answer"), max_length=255, blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    objects = DeferralQuerySet.as_manager()

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["seat"], condition=~models.Q(state="refused"), name="exams_one_deferral_a_seat"
            )
        ]

    def __str__(self) -> str:
        return f"{self.seat_id} {self.state}"


class Entrant(models.Model):
    """Somebody on the list of a make-up exam, and why."""

    class Why(models.TextChoices):
        FAILED = "failed", _("Not passed")
        ABSENT = "absent", _("Absent")

    exam = models.ForeignKey(Exam, on_delete=models.PROTECT, related_name="entrants")
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="+")
    why = models.CharField(max_length=6, choices=Why.choices)
    listed_at = models.DateTimeField()
    listed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["exam", "enrolment"], name="exams_entrant_once")]

    def __str__(self) -> str:
        return f"{self.exam_id} + {self.enrolment_id}"
