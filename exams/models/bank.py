"""Questions. Not Wagtail content: an editor of pages must never come near a paper."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from lms.people.models import OrgUnit


class QuestionBank(models.Model):
    """题库, kept by the examiners of one unit."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=100, unique=True)
    unit = models.ForeignKey(OrgUnit, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("question bank")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class QuestionQuerySet(models.QuerySet["Question"]):
    def drawable(self) -> "QuestionQuerySet":
        """Questions a random paper may contain."""
        return self.filter(state=Question.State.ACTIVE)


class Question(models.Model):
    """A question as an identity; its words are `QuestionVersion`s. `hash` is the current version's, for duplicates."""

    class State(models.TextChoices):
        ACTIVE = "active", _("In use")
        RETIRED = "retired", _("Out of use")

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    bank = models.ForeignKey(QuestionBank, on_delete=models.PROTECT, related_name="questions")
    code = models.CharField(max_length=40, blank=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.ACTIVE)
    current = models.OneToOneField("exams.QuestionVersion", null=True, on_delete=models.PROTECT, related_name="+")
    type = models.CharField(max_length=20)
    topic = models.CharField(_("topic"), max_length=100, blank=True)
    difficulty = models.PositiveSmallIntegerField(_("difficulty"), default=3)
    hash = models.CharField(max_length=64)
    created_at = models.DateTimeField()

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("question")
        constraints = [models.UniqueConstraint(fields=["bank", "hash"], name="exams_no_duplicate_in_a_bank")]
        indexes = [models.Index(fields=["bank", "state", "type", "topic"], name="exams_draw")]

    def __str__(self) -> str:
        return self.code or str(self.uuid)


class QuestionVersion(models.Model):
    """The words and the key of a question. Immutable: attempts and scores point here for ever.

    `content` is the type's public part (`{"options": [text, …]}`), `key` its secret part (`{"correct": [index, …]}` or
    `{"correct": true}`); only `exams.types` reads either.
    """

    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    type = models.CharField(max_length=20)
    stem = models.TextField()
    content = models.JSONField(default=dict)
    key = models.JSONField()
    explanation = models.TextField(blank=True)
    basis_document = models.CharField(max_length=200, blank=True)
    basis_clause = models.CharField(max_length=100, blank=True)
    basis_edition = models.CharField(max_length=50, blank=True)
    valid_until = models.DateField(null=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["question", "number"], name="exams_version_number")]

    def __str__(self) -> str:
        return self.stem[:60]
