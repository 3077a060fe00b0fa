"""What an analysis found. Written once and never changed: whoever looks later sees what was seen then."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from exams.models.bank import QuestionVersion
from exams.models.exam import Exam


class Which(models.TextChoices):
    """Which finished attempts count."""

    FIRST = "first", _("first attempts")
    ALL = "all", _("all attempts")


class ExamAnalysis(models.Model):
    """The figures of an exam over the attempts of `which` kind that were handed in and marked by `at`.

    `unmarked` attempts had to be left out. `paper` holds `statistics.PaperFigures`, `bins` how many totals lie in each
    tenth of the points.
    """

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    exam = models.ForeignKey(Exam, on_delete=models.PROTECT, related_name="analyses")
    which = models.CharField(max_length=8, choices=Which.choices)
    at = models.DateTimeField()
    attempts = models.PositiveIntegerField()
    unmarked = models.PositiveIntegerField()
    paper = models.JSONField()
    bins = models.JSONField()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["exam", "-at"], name="exams_newest_analysis")]

    def __str__(self) -> str:
        return f"{self.exam_id} {self.at:%Y-%m-%d}"


class AnalysedItem(models.Model):
    """One question, as worded and valued then, over those who had it.

    `figures` holds `statistics.ItemFigures` and the guess score, `responses` the answers with how often the upper, the
    middle and the lower third gave them, `thirds` the mean share of the points of each third in per cent, `sizes` how
    many of each had it, `units` [had it, not fully right] by id of the unit of then. Thirds: lower, middle, upper.
    """

    analysis = models.ForeignKey(ExamAnalysis, on_delete=models.PROTECT, related_name="items")
    number = models.PositiveIntegerField()
    version = models.ForeignKey(QuestionVersion, on_delete=models.PROTECT, related_name="+")
    points = models.DecimalField(max_digits=5, decimal_places=2)
    attempts = models.PositiveIntegerField()
    drawn = models.BooleanField()
    facility = models.FloatField(null=True)
    discrimination = models.FloatField(null=True)
    figures = models.JSONField()
    thirds = models.JSONField()
    sizes = models.JSONField()
    responses = models.JSONField()
    units = models.JSONField()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["analysis", "number"], name="exams_analysed_item")]

    def __str__(self) -> str:
        return f"{self.analysis_id} · {self.number}"


class AnalysisOrderQuerySet(models.QuerySet["AnalysisOrder"]):
    def open(self) -> "AnalysisOrderQuerySet":
        return self.filter(state=AnalysisOrder.State.OPEN)


class AnalysisOrder(models.Model):
    """Somebody wants an analysis. Whoever works on it owns it until `due_at`; a dead worker's turn passes then."""

    class State(models.TextChoices):
        OPEN = "open"
        DONE = "done"
        FAILED = "failed"

    exam = models.ForeignKey(Exam, on_delete=models.PROTECT, related_name="analysis_orders")
    which = models.CharField(max_length=8, choices=Which.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    due_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    percent = models.PositiveSmallIntegerField(default=0)
    analysis = models.OneToOneField(ExamAnalysis, null=True, on_delete=models.PROTECT, related_name="order")

    objects = AnalysisOrderQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["exam"], condition=models.Q(state="open"), name="exams_one_open_analysis_order"
            ),
            models.CheckConstraint(
                condition=models.Q(state="done") ^ models.Q(analysis=None), name="exams_done_order_has_analysis"
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], name="exams_open_orders", condition=models.Q(state="open")),
        ]

    def __str__(self) -> str:
        return f"{self.exam_id} {self.state}"
