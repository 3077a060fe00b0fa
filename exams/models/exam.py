"""An exam: a blueprint with its time, limits and pass mark."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.models import Lesson
from exams.models.blueprint import Blueprint
from lms.people.models import OrgUnit
from lms.records.models import Enrolment


class ExamQuerySet(models.QuerySet["Exam"]):
    def announced(self) -> "ExamQuerySet":
        """Exams a learner can find, because a lesson opens them."""
        return self.exclude(lesson=None)


class Exam(models.Model):
    """`lesson` is the lesson that reports the result; it is set when a course with this exam is published.

    `pass_score` is in percent of the paper's points; `minutes` runs from each person's own start. `second_marker`:
    two people mark each answer, and a third when they are more than `arbitrate_above` percent of its points apart.
    `appeal_days`: working days in which a taker may ask for a review of the released result; 0: never.
    """

    class Scoring(models.TextChoices):
        ALL_OR_NOTHING = "all_or_nothing", _("All correct or no points")
        PARTIAL = "partial", _("Part of the points for a correct subset")
        PER_OPTION = "per_option", _("Part of the points for each option decided correctly")
        RIGHT_MINUS_WRONG = "right_minus_wrong", _("Correct less wrong options")

    class Shows(models.TextChoices):
        """What takers see once the result is released."""

        SCORE = "score", _("The score only")
        ANSWERS = "answers", _("The score and the answers")

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    title = models.CharField(_("title"), max_length=150)
    unit = models.ForeignKey(OrgUnit, null=True, on_delete=models.PROTECT, related_name="+")
    lesson = models.OneToOneField(Lesson, null=True, on_delete=models.PROTECT, related_name="exam")
    blueprint = models.ForeignKey(Blueprint, on_delete=models.PROTECT, related_name="exams")
    minutes = models.PositiveIntegerField(_("minutes"))
    pass_score = models.PositiveSmallIntegerField(_("pass mark"), default=80)
    max_attempts = models.PositiveSmallIntegerField(_("attempts"), default=1)
    multiple_scoring = models.CharField(
        _("scoring of multiple choice"), max_length=20, choices=Scoring.choices, default=Scoring.ALL_OR_NOTHING
    )
    second_marker = models.BooleanField(_("two markers"), default=False)
    arbitrate_above = models.PositiveSmallIntegerField(default=20)
    shows = models.CharField(_("takers see"), max_length=8, choices=Shows.choices, default=Shows.ANSWERS)
    appeal_days = models.PositiveSmallIntegerField(_("days to ask for a review"), default=3)
    opens_at = models.DateTimeField(_("opens"), null=True, blank=True)
    closes_at = models.DateTimeField(_("closes"), null=True, blank=True)
    release_at = models.DateTimeField(_("scores released"), null=True, blank=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    objects = ExamQuerySet.as_manager()

    class Meta:
        verbose_name = _("exam")

    def __str__(self) -> str:
        return self.title


class Reopening(models.Model):
    """One more attempt for one enrolment, granted by an examiner with a reason."""

    exam = models.ForeignKey(Exam, on_delete=models.PROTECT, related_name="reopenings")
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(_("reason"), max_length=255)
    granted_at = models.DateTimeField()
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.exam_id} + {self.enrolment_id}"
