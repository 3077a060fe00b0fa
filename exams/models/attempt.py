"""Attempts and answers. Answers are only ever added; a score can always be recomputed (P1, P9)."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from exams.models.bank import QuestionVersion
from exams.models.blueprint import Paper
from exams.models.exam import Exam
from exams.models.session import Seat
from lms.records.models import Enrolment
from lms.records.models.enrolment import AsOfThen


class AttemptQuerySet(models.QuerySet["Attempt"]):
    def in_progress(self) -> "AttemptQuerySet":
        return self.filter(state=Attempt.State.IN_PROGRESS)

    def to_mark(self) -> "AttemptQuerySet":
        """待阅卷: handed in, with answers that people have to mark."""
        return self.filter(state=Attempt.State.SUBMITTED, score=None)


class Attempt(AsOfThen):
    """One sitting. The deadline is fixed in UTC at the start; `holder` is the one device that may write.

    A finished one without a score waits for people to mark it: it has not passed or failed and is not released.
    """

    class State(models.TextChoices):
        IN_PROGRESS = "in_progress", _("In progress")
        SUBMITTED = "submitted", _("Handed in")

    class ClosedBy(models.TextChoices):
        PERSON = "person", _("Handed in")
        DEADLINE = "deadline", _("Handed in automatically at the deadline")
        ENDED = "ended", _("Ended by the invigilator")

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    exam = models.ForeignKey(Exam, on_delete=models.PROTECT, related_name="attempts")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="attempts")
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="attempts")
    number = models.PositiveSmallIntegerField()
    seat = models.OneToOneField(Seat, null=True, on_delete=models.PROTECT, related_name="attempt")
    paper = models.ForeignKey(Paper, null=True, on_delete=models.PROTECT, related_name="attempts")
    state = models.CharField(max_length=12, choices=State.choices, default=State.IN_PROGRESS)
    started_at = models.DateTimeField()
    deadline = models.DateTimeField()
    holder = models.UUIDField(default=uuid4)
    submitted_at = models.DateTimeField(null=True)
    closed_by = models.CharField(max_length=8, choices=ClosedBy.choices, blank=True)
    score = models.DecimalField(max_digits=6, decimal_places=2, null=True)
    max_score = models.DecimalField(max_digits=6, decimal_places=2)
    passed = models.BooleanField(null=True)
    released_at = models.DateTimeField(null=True)
    grading = models.CharField(max_length=40, blank=True)

    objects = AttemptQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "exam"], condition=models.Q(state="in_progress"), name="exams_one_open_attempt"
            ),
            models.UniqueConstraint(fields=["exam", "enrolment", "number"], name="exams_attempt_number"),
        ]
        indexes = [
            models.Index(fields=["deadline"], name="exams_open_deadlines", condition=models.Q(state="in_progress")),
            models.Index(
                fields=["exam", "number"],
                include=["enrolment", "person"],
                name="exams_attempt_failed",
                condition=models.Q(passed=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.exam_id} {self.person_id} #{self.number}"


class AttemptItem(models.Model):
    """One question of one paper: frozen version, option order and points; the current answer and its version."""

    attempt = models.ForeignKey(
        Attempt, on_delete=models.PROTECT, related_name="items", db_index=False
    )  # a constraint's index begins with it
    position = models.PositiveSmallIntegerField()
    version = models.ForeignKey(QuestionVersion, on_delete=models.PROTECT, related_name="+")
    order = models.JSONField(default=list)
    points = models.DecimalField(max_digits=5, decimal_places=2)
    answer = models.JSONField(null=True)
    answer_version = models.PositiveIntegerField(default=0)
    score = models.DecimalField(max_digits=6, decimal_places=2, null=True)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["attempt", "position"], name="exams_item_position")]

    def __str__(self) -> str:
        return f"{self.attempt_id} · {self.position}"


class Answer(models.Model):
    """One answer as it arrived. A retry of the same `op_id` gets the same receipt; nothing is overwritten.

    `written_at` is what the device's clock said when the answer was given; only `received_at` decides anything.
    """

    class Standing(models.TextChoices):
        ACCEPTED = "accepted"
        LATE = "late"
        SUPERSEDED_HOLDER = "old_holder"

    attempt = models.ForeignKey(
        Attempt, on_delete=models.PROTECT, related_name="answers", db_index=False
    )  # a constraint's index begins with it
    position = models.PositiveSmallIntegerField()
    op_id = models.UUIDField()
    seq = models.PositiveIntegerField()
    version = models.PositiveIntegerField()
    payload = models.JSONField(null=True)
    sha256 = models.CharField(max_length=64)
    standing = models.CharField(max_length=12, choices=Standing.choices, default=Standing.ACCEPTED)
    written_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["attempt", "op_id"], name="exams_answer_once"),
            models.UniqueConstraint(
                fields=["attempt", "position", "version"],
                condition=models.Q(standing="accepted"),
                name="exams_answer_version",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.attempt_id} · {self.position} v{self.version}"
