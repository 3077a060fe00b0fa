"""考试场次: rooms, seats, who invigilates, and what they did."""

from secrets import token_hex
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from exams.models.exam import Exam
from lms.records.models import Enrolment


class SessionQuerySet(models.QuerySet["ExamSession"]):
    def planned(self) -> "SessionQuerySet":
        """Those that were not called off."""
        return self.filter(cancelled_at=None)


class ExamSession(models.Model):
    """An exam in a room at a time. People enter up to `early_minutes` before and `late_minutes` after it begins.

    `needs_code`: whoever enters types the code that the invigilator's page shows, made from `secret`. One that was
    called off has no seats any more.
    """

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    exam = models.ForeignKey(Exam, on_delete=models.PROTECT, related_name="sessions")
    name = models.CharField(_("name"), max_length=60)
    room = models.CharField(_("room"), max_length=100)
    capacity = models.PositiveSmallIntegerField(_("seats"))
    begins_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    early_minutes = models.PositiveSmallIntegerField(_("early entry"), default=15)
    late_minutes = models.PositiveSmallIntegerField(_("late arrival"), default=15)
    needs_code = models.BooleanField(_("session code"), default=True)
    secret = models.CharField(max_length=64, default=token_hex, editable=False)
    invigilators = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="invigilates")
    cancelled_at = models.DateTimeField(null=True)
    cancel_reason = models.CharField(max_length=255, blank=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    objects = SessionQuerySet.as_manager()

    class Meta:
        ordering = ["begins_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("begins_at")), name="exams_session_ends_after_it_begins"
            )
        ]

    def __str__(self) -> str:
        return self.name


class SeatQuerySet(models.QuerySet["Seat"]):
    def taken(self) -> "SeatQuerySet":
        """Seats that nobody has been taken off."""
        return self.filter(vacated_at=None)


class Seat(models.Model):
    """One person's place in a session, good for one attempt. `turn` counts the seats an enrolment was given.

    `extra_minutes` are granted to this person with a reason. `unlocked_at`: another device may take the sitting over.
    """

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    session = models.ForeignKey(ExamSession, on_delete=models.PROTECT, related_name="seats")
    exam = models.ForeignKey(Exam, on_delete=models.PROTECT, related_name="seats")
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="seats")
    turn = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField()
    extra_minutes = models.PositiveSmallIntegerField(_("extra minutes"), default=0)
    extra_reason = models.CharField(max_length=255, blank=True)
    entered_at = models.DateTimeField(null=True)
    wrong_codes = models.PositiveSmallIntegerField(default=0)
    unlocked_at = models.DateTimeField(null=True)
    vacated_at = models.DateTimeField(null=True)
    seated_at = models.DateTimeField()
    seated_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    objects = SeatQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "number"], condition=models.Q(vacated_at=None), name="exams_seat_number"
            ),
            models.UniqueConstraint(fields=["exam", "enrolment", "turn"], name="exams_seat_turn"),
        ]

    def __str__(self) -> str:
        return f"{self.session_id} · {self.number}"

    @property
    def locked(self) -> bool:
        """Whether the sitting stays on its device until an invigilator unlocks it."""
        return self.session.needs_code and self.unlocked_at is None


class Intervention(models.Model):
    """考场记录: what an invigilator did about one seat, with the reason. Only ever added."""

    class Kind(models.TextChoices):
        ADMIT = "admit", _("Let in without a code")
        EXTEND = "extend", _("More time")
        UNLOCK = "unlock", _("Another device allowed")
        END = "end", _("Exam ended")

    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="interventions")
    kind = models.CharField(max_length=6, choices=Kind.choices)
    minutes = models.PositiveSmallIntegerField(default=0)
    reason = models.CharField(_("reason"), max_length=255)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.seat_id} {self.kind}"
