"""组卷策略: which questions a paper is made of."""

from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from exams.models.bank import Question, QuestionBank


class Blueprint(models.Model):
    """How a paper is drawn: compulsory questions first, then each rule at random."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    title = models.CharField(_("title"), max_length=150)
    shuffle_questions = models.BooleanField(default=True)
    shuffle_options = models.BooleanField(default=True)
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("blueprint")

    def __str__(self) -> str:
        return self.title


class BlueprintRule(models.Model):
    """Draw `count` questions of a bank (of one type and topic, where given), worth `points` each."""

    blueprint = models.ForeignKey(Blueprint, on_delete=models.CASCADE, related_name="rules")
    bank = models.ForeignKey(QuestionBank, on_delete=models.PROTECT, related_name="+")
    type = models.CharField(max_length=20, blank=True)
    topic = models.CharField(max_length=100, blank=True)
    count = models.PositiveIntegerField()
    points = models.DecimalField(max_digits=5, decimal_places=2, default=1)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return f"{self.bank_id} {self.type} {self.topic} × {self.count}"


class CompulsoryQuestion(models.Model):
    """必考题: in every paper of the blueprint."""

    blueprint = models.ForeignKey(Blueprint, on_delete=models.CASCADE, related_name="compulsory")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="+")
    points = models.DecimalField(max_digits=5, decimal_places=2, default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["blueprint", "question"], name="exams_compulsory_once")]

    def __str__(self) -> str:
        return f"{self.blueprint_id} ! {self.question_id}"
