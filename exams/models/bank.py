"""Questions. Not Wagtail content: an editor of pages must never come near a paper."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from lms.people.models import OrgUnit


class QuestionBank(models.Model):
    """题库, kept by the examiners of one unit. `mark` changes with everything that can be drawn from it.

    People of that unit may practise an `open_for_practice` bank, keys and explanations included.
    """

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=100, unique=True)
    unit = models.ForeignKey(OrgUnit, null=True, on_delete=models.PROTECT, related_name="+")
    mark = models.UUIDField(default=uuid4, editable=False)
    open_for_practice = models.BooleanField(_("open for practice"), default=False)
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("question bank")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class SkillLevel(models.IntegerChoices):
    """技能等级, the lowest that should know the answer."""

    APPRENTICE = 1, _("Apprentice")
    JUNIOR = 2, _("Junior worker")
    INTERMEDIATE = 3, _("Intermediate worker")
    SENIOR = 4, _("Senior worker")
    TECHNICIAN = 5, _("Technician")
    SENIOR_TECHNICIAN = 6, _("Senior technician")
    SPECIAL_TECHNICIAN = 7, _("Special-class technician")
    CHIEF_TECHNICIAN = 8, _("Chief technician")


class QuestionTag(models.Model):
    """A word to find questions by; one that is called as a `PositionTag` is meant for those posts."""

    name = models.CharField(_("tag"), max_length=60, unique=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class QuestionQuerySet(models.QuerySet["Question"]):
    def drawable(self) -> "QuestionQuerySet":
        """Questions a random paper may contain."""
        return self.filter(state=Question.State.ACTIVE)


class Question(models.Model):
    """A question as an identity; its words are `QuestionVersion`s. `hash` is the current version's, for duplicates.

    Only one in use is drawn. `points` is what its author thought it worth; a blueprint decides. `state_by` is who
    brought it into its state: whoever sent it to review does not approve it.

    Why it is to be checked again, when that is not a person's doubt: `outdated`; `new_edition` is then the edition its
    source document has by now.

    `measured_difficulty`: the share of the points that answers to the current version lost, 0 (easy) to 1, over
    `measured_answers` answers; None while none of them was analysed.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        REVIEW = "review", _("In review")
        ACTIVE = "active", _("In use")
        RECHECK = "recheck", _("To be checked again")
        RETIRED = "retired", _("Out of use")

    class Outdated(models.TextChoices):
        EDITION = "edition", _("Its source document has a new edition")
        EXPIRED = "expired", _("Its validity has run out")

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    bank = models.ForeignKey(QuestionBank, on_delete=models.PROTECT, related_name="questions")
    code = models.CharField(_("code"), max_length=40, blank=True)
    title = models.CharField(_("short title"), max_length=200, blank=True)
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.ACTIVE)
    state_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    state_reason = models.CharField(max_length=255, blank=True)
    outdated = models.CharField(max_length=7, choices=Outdated.choices, blank=True)
    new_edition = models.CharField(max_length=50, blank=True)
    current = models.OneToOneField("exams.QuestionVersion", null=True, on_delete=models.PROTECT, related_name="+")
    type = models.CharField(max_length=20)
    topic = models.CharField(_("topic"), max_length=100, blank=True)
    difficulty = models.PositiveSmallIntegerField(_("difficulty"), default=3)
    skill = models.PositiveSmallIntegerField(_("skill level"), null=True, choices=SkillLevel.choices)
    points = models.DecimalField(_("suggested points"), max_digits=7, decimal_places=2, default=1)
    tags = models.ManyToManyField(QuestionTag, blank=True, related_name="questions", verbose_name=_("tags"))
    measured_difficulty = models.FloatField(_("measured difficulty"), null=True)
    measured_answers = models.PositiveIntegerField(default=0)
    hash = models.CharField(max_length=64)
    created_at = models.DateTimeField()

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("question")
        constraints = [models.UniqueConstraint(fields=["bank", "hash"], name="exams_no_duplicate_in_a_bank")]
        indexes = [models.Index(fields=["bank", "state", "type", "topic"], name="exams_draw")]

    def __str__(self) -> str:
        return self.code or str(self.uuid)

    @property
    def lost_percent(self) -> int | None:
        """The measured difficulty in whole per cent."""
        return None if self.measured_difficulty is None else round(100 * self.measured_difficulty)


class QuestionMedia(models.Model):
    """A picture or a sound of the questions of one bank, named by the SHA-256 of its bytes. Served by a door only."""

    bank = models.ForeignKey(QuestionBank, on_delete=models.PROTECT, related_name="media")
    sha256 = models.CharField(max_length=64)
    mime = models.CharField(max_length=40)
    size = models.PositiveIntegerField()
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["bank", "sha256"], name="exams_media_once_in_a_bank")]
        indexes = [models.Index(fields=["sha256"], name="exams_media_by_hash")]

    def __str__(self) -> str:
        return f"{self.mime} {self.sha256[:12]}"


class QuestionVersion(models.Model):
    """The words and the key of a question. Immutable: attempts and scores point here for ever.

    `content` is the type's public part (`{"options": [text, …]}`), `key` its secret part (`{"correct": [index, …]}` or
    `{"correct": true}`); only `exams.types` reads either. `media` are the pictures and sounds its texts name.
    """

    class Markup(models.TextChoices):
        PLAIN = "plain", _("Plain text")
        HTML = "html", _("Formatted text")

    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    type = models.CharField(max_length=20)
    markup = models.CharField(max_length=5, choices=Markup.choices, default=Markup.PLAIN)
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
    media = models.ManyToManyField("exams.QuestionMedia", related_name="versions")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["question", "number"], name="exams_version_number")]

    def __str__(self) -> str:
        return self.stem[:60]
