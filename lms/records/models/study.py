"""Study time: a ledger of intervals, and one row for what a person studies now (architecture.md, decision 12)."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from lms.records.models.enrolment import LessonResult


class StudyInterval(models.Model):
    """An unbroken stretch of study of one lesson on one local day. Beats extend it; `seconds` is what counts of it.

    `seconds` never exceeds the time between `started_at` and `ended_at`, and neither do they together: the sum over
    any of a person's intervals is bounded by the clock, whatever a browser sends. `closed`: the page was hidden, what
    follows is another interval.
    """

    class Source(models.TextChoices):
        ONLINE = "online", _("Online")
        OFFLINE = "offline", _("Offline")

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    result = models.ForeignKey(LessonResult, on_delete=models.PROTECT, related_name="intervals")
    day = models.DateField()
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField()
    touched_at = models.DateTimeField()
    seconds = models.PositiveIntegerField(default=0)
    closed = models.BooleanField(default=False)
    source = models.CharField(max_length=8, choices=Source.choices, default=Source.ONLINE)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ended_at__gte=models.F("started_at")), name="records_interval_ends_after_start"
            ),
        ]
        indexes = [models.Index(fields=["person", "day"], name="records_interval_day")]

    def __str__(self) -> str:
        return f"{self.result_id} {self.seconds} s"


class ActiveStudy(models.Model):
    """The one interval a person adds to now. Opening another lesson or device replaces `token`."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="active_study")
    interval = models.ForeignKey(StudyInterval, on_delete=models.PROTECT, related_name="+")
    token = models.UUIDField(default=uuid4)

    def __str__(self) -> str:
        return f"{self.person_id} studies {self.interval_id}"
