"""练习: runs and their answers, the book of mistakes, when each question comes back. Records learn nothing of it."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from exams.models.bank import Question, QuestionBank, QuestionVersion
from exams.practice import rules


class PracticeRun(models.Model):
    """Some questions asked one after the other, drawn when it began. `day`: the one daily practice of that day.

    `answered` and `right` count its answers; `finished_at` is set with the last one.
    """

    class Mode(models.TextChoices):
        DAILY = "daily", _("Daily practice")
        TOPIC = "topic", _("Topic practice")
        TYPE = "type", _("Practice by type")
        MISTAKES = "mistakes", _("My mistakes")
        LEVEL = "level", _("Levels")

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="practice_runs")
    mode = models.CharField(max_length=8, choices=Mode.choices)
    bank = models.ForeignKey(QuestionBank, null=True, on_delete=models.PROTECT, related_name="+")
    topic = models.CharField(max_length=100, blank=True)
    type = models.CharField(max_length=20, blank=True)
    day = models.DateField(null=True)
    questions = models.PositiveSmallIntegerField()
    answered = models.PositiveSmallIntegerField(default=0)
    right = models.PositiveSmallIntegerField(default=0)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "day"], condition=models.Q(mode="daily"), name="exams_one_daily_practice"
            ),
            models.CheckConstraint(
                condition=models.Q(right__lte=models.F("answered"), answered__lte=models.F("questions")),
                name="exams_practice_counts",
            ),
        ]
        indexes = [models.Index(fields=["person", "mode", "started_at"], name="exams_practice_runs")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.mode} {self.answered}/{self.questions}"

    @property
    def passed(self) -> bool:
        """For levels: whether the next one opens."""
        return self.finished_at is not None and rules.passes(self.right, self.questions)


class PracticeItem(models.Model):
    """One question of a run: frozen version and order of its options; `why` it was chosen (`rules.Why`), if said."""

    run = models.ForeignKey(PracticeRun, on_delete=models.PROTECT, related_name="items")
    position = models.PositiveSmallIntegerField()
    version = models.ForeignKey(QuestionVersion, on_delete=models.PROTECT, related_name="+")
    order = models.JSONField(default=list)
    why = models.CharField(max_length=5, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["run", "position"], name="exams_practice_position")]

    def __str__(self) -> str:
        return f"{self.run_id} · {self.position}"


class PracticeAnswer(models.Model):
    """The one answer to a question of a run. Only ever added: the first counts, a repeat changes nothing."""

    item = models.OneToOneField(PracticeItem, on_delete=models.PROTECT, related_name="answer")
    payload = models.JSONField(null=True)
    right = models.BooleanField()
    answered_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.item_id} {'+' if self.right else '-'}"


class WrongItemQuerySet(models.QuerySet["WrongItem"]):
    def in_book(self) -> "WrongItemQuerySet":
        return self.filter(left_at=None)


class WrongItem(models.Model):
    """错题本: a question a person got wrong, in practice or in a released exam; `version` is the one last got wrong.

    It leaves after `rules.LEAVES_AFTER` right answers in a row (`streak`) and comes back with the next wrong one.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="wrong_items")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey(QuestionVersion, on_delete=models.PROTECT, related_name="+")
    times = models.PositiveSmallIntegerField(default=1)
    streak = models.PositiveSmallIntegerField(default=0)
    wrong_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)

    objects = WrongItemQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "question"], name="exams_wrong_once")]
        indexes = [
            models.Index(fields=["person", "wrong_at"], name="exams_wrong_book", condition=models.Q(left_at=None))
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.question_id} {self.streak}"


class PracticeCard(models.Model):
    """What is known of one person and one question: answers and right ones, the last of them, and its FSRS memory."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="practice_cards")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="practice_cards")
    version = models.ForeignKey(QuestionVersion, on_delete=models.PROTECT, related_name="+")
    answers = models.PositiveIntegerField()
    right_answers = models.PositiveIntegerField()
    known = models.BooleanField()
    stability = models.FloatField()
    difficulty = models.FloatField()
    due = models.DateTimeField()
    reviewed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "question"], name="exams_practice_card_once")]
        indexes = [models.Index(fields=["person", "due"], name="exams_practice_due")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.question_id} {self.due}"
