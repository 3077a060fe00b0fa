"""Questions that ask nearly the same: a search through a bank, and what somebody decided to keep."""

from django.conf import settings
from django.db import models

from exams.models.bank import Question, QuestionBank


class SimilarSearch(models.Model):
    """The newest search through a bank. `pairs`: [question, question, per cent alike], found under the bank's `mark`.

    Whoever works on an open one owns it until `due_at`; a dead worker's turn passes then.
    """

    class State(models.TextChoices):
        OPEN = "open"
        DONE = "done"
        FAILED = "failed"

    bank = models.OneToOneField(QuestionBank, on_delete=models.CASCADE, related_name="similar_search")
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    percent = models.PositiveSmallIntegerField(default=0)
    mark = models.UUIDField(null=True)
    questions = models.PositiveIntegerField(default=0)
    pairs = models.JSONField(default=list)

    class Meta:
        indexes = [models.Index(fields=["due_at"], name="exams_open_search", condition=models.Q(state="open"))]

    def __str__(self) -> str:
        return f"{self.bank_id} {self.state}"


class KeptBoth(models.Model):
    """Somebody looked at two similar questions and keeps both; they are not shown as similar again."""

    first = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="exams_kept_both_once"),
            models.CheckConstraint(condition=models.Q(first__lt=models.F("second")), name="exams_kept_both_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} {self.second_id}"
