"""组卷策略: which questions a paper is made of; fixed papers, and how often questions were drawn."""

from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from exams.models.bank import Question, QuestionBank, QuestionVersion
from exams.rules.drawing import EASIEST, HARDEST


class Blueprint(models.Model):
    """How a paper is drawn: compulsory questions first, then each rule at random.

    `random`: every sitting draws its own. `fixed`: papers are drawn beforehand and looked over; sittings take turns.
    `no_repeats`: a person's next paper leaves out what the last one asked, as far as the banks allow.
    `exposure_limit`: a question is drawn for at most so many papers.
    """

    class Kind(models.TextChoices):
        RANDOM = "random", _("Drawn for each person")
        FIXED = "fixed", _("Fixed papers")

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    title = models.CharField(_("title"), max_length=150)
    kind = models.CharField(_("papers"), max_length=6, choices=Kind.choices, default=Kind.RANDOM)
    no_repeats = models.BooleanField(default=True)
    exposure_limit = models.PositiveIntegerField(null=True)
    exposure_until = models.DateTimeField(null=True)
    shuffle_questions = models.BooleanField(default=True)
    shuffle_options = models.BooleanField(default=True)
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("blueprint")

    def __str__(self) -> str:
        return self.title


class BlueprintRule(models.Model):
    """Draw `count` questions of a bank (of one type, topic, tag and range of difficulty), worth `points` each."""

    blueprint = models.ForeignKey(Blueprint, on_delete=models.CASCADE, related_name="rules")
    bank = models.ForeignKey(QuestionBank, on_delete=models.PROTECT, related_name="+")
    type = models.CharField(max_length=20, blank=True)
    topic = models.CharField(max_length=100, blank=True)
    easiest = models.PositiveSmallIntegerField(default=EASIEST)
    hardest = models.PositiveSmallIntegerField(default=HARDEST)
    tag = models.CharField(max_length=60, blank=True)
    count = models.PositiveIntegerField()
    points = models.DecimalField(max_digits=5, decimal_places=2, default=1)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(easiest__gte=EASIEST, hardest__lte=HARDEST, easiest__lte=models.F("hardest")),
                name="exams_rule_difficulty",
            )
        ]

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


class Paper(models.Model):
    """固定卷: paper A, B … of a blueprint. Once a sitting has taken it, it stays as it is."""

    blueprint = models.ForeignKey(Blueprint, on_delete=models.CASCADE, related_name="papers")
    label = models.CharField(max_length=2)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["label"]
        constraints = [models.UniqueConstraint(fields=["blueprint", "label"], name="exams_paper_label")]

    def __str__(self) -> str:
        return self.label


class PaperItem(models.Model):
    """One question of a fixed paper, in the words it has since the paper was drawn."""

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField()
    version = models.ForeignKey(QuestionVersion, on_delete=models.PROTECT, related_name="+")
    points = models.DecimalField(max_digits=5, decimal_places=2)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["paper", "position"], name="exams_paper_position")]

    def __str__(self) -> str:
        return f"{self.paper_id} · {self.position}"


class Exposure(models.Model):
    """In how many papers of a blueprint a question has been; counted now and then, where there is a limit."""

    blueprint = models.ForeignKey(Blueprint, on_delete=models.CASCADE, related_name="exposures")
    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="+")
    papers = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["blueprint", "question"], name="exams_exposure_once")]

    def __str__(self) -> str:
        return f"{self.blueprint_id} {self.question_id}: {self.papers}"
