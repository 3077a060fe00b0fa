"""An exam: a blueprint with its time, limits and pass mark."""

from datetime import datetime
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.models import Lesson
from exams.models.bank import QuestionBank
from exams.models.blueprint import Blueprint
from lms.people.models import OrgUnit
from lms.records.models import Enrolment


class ExamQuerySet(models.QuerySet["Exam"]):
    def announced(self) -> "ExamQuerySet":
        """Exams a learner can find, because a lesson opens them."""
        return self.exclude(lesson=None)

    def planned(self) -> "ExamQuerySet":
        """Exams that examiners have set up; not the mock exams that people sit of them."""
        return self.filter(rehearses=None)


class Exam(models.Model):
    """`lesson` is the lesson that reports the result; it is set when a course with this exam is published.

    `pass_score` is in percent of the paper's points; `minutes` runs from each person's own start. A make-up exam
    makes up for `original`, is reported by the same lesson, and is for the people on its list only. `in_sessions`: one
    sits it on a seat of a session. `wait_hours` lie between two attempts. `lessons_first`: the other lessons of the
    course come first; `hours_first`: so many hours (of 45 minutes) have to be studied in it. `practice_first`: percent
    right that practice has to reach (0: none) on at least `practice_answers` questions of `practice_banks`, or where
    there are none of the banks that papers are drawn from.
    `rehearses`: people sit this mock exam of a formal one for themselves, see `actions.mock`. It has no lesson.
    `second_marker`: two people mark each answer, and a third when they are more than `arbitrate_above` percent of its
    points apart.
    `appeal_days`: working days in which a taker may ask for a review of the released result; 0: never.
    """

    class Kind(models.TextChoices):
        PRACTICE = "practice", _("Practice")
        MOCK = "mock", _("Mock exam")
        FORMAL = "formal", _("Formal exam")
        MAKE_UP = "make_up", _("Make-up exam")
        CONTEST = "contest", _("Contest")

    class Scoring(models.TextChoices):
        ALL_OR_NOTHING = "all_or_nothing", _("All correct or no points")
        PARTIAL = "partial", _("Part of the points for a correct subset")
        PER_OPTION = "per_option", _("Part of the points for each option decided correctly")
        RIGHT_MINUS_WRONG = "right_minus_wrong", _("Correct less wrong options")

    class Protection(models.IntegerChoices):
        """防护等级. Whatever the level, only one device writes and every answer is saved."""

        NONE = 0, _("L0: none, for practice")
        ONLINE = 1, _("L1: watermark, no copying, leaving the page is counted")
        ON_SITE = 2, _("L2: as L1, and on site with an invigilator")

    class Shows(models.TextChoices):
        """What takers see once the result is released."""

        SCORE = "score", _("The score only")
        ANSWERS = "answers", _("The score and the answers")

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    title = models.CharField(_("title"), max_length=150)
    unit = models.ForeignKey(OrgUnit, null=True, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.FORMAL)
    original = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="make_ups")
    rehearses = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="rehearsal")
    lesson = models.ForeignKey(Lesson, null=True, on_delete=models.PROTECT, related_name="exams")
    blueprint = models.ForeignKey(Blueprint, on_delete=models.PROTECT, related_name="exams")
    minutes = models.PositiveIntegerField(_("minutes"))
    pass_score = models.PositiveSmallIntegerField(_("pass mark"), default=80)
    max_attempts = models.PositiveSmallIntegerField(_("attempts"), default=1)
    wait_hours = models.PositiveSmallIntegerField(_("hours between attempts"), default=0)
    lessons_first = models.BooleanField(_("the other lessons come first"), default=False)
    hours_first = models.DecimalField(_("hours to study first"), max_digits=5, decimal_places=1, default=0)
    practice_first = models.PositiveSmallIntegerField(_("practice to reach"), default=0)
    practice_answers = models.PositiveSmallIntegerField(default=20)
    practice_banks = models.ManyToManyField(QuestionBank, related_name="+")
    in_sessions = models.BooleanField(_("sat in sessions"), default=False)
    multiple_scoring = models.CharField(
        _("scoring of multiple choice"), max_length=20, choices=Scoring.choices, default=Scoring.ALL_OR_NOTHING
    )
    protection = models.PositiveSmallIntegerField(
        _("protection"), choices=Protection.choices, default=Protection.ONLINE
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
        constraints = [
            models.CheckConstraint(
                condition=models.Q(rehearses=None) | models.Q(kind="mock", lesson=None), name="exams_rehearsal"
            ),
            models.UniqueConstraint(
                fields=["lesson"], condition=models.Q(original=None), name="exams_one_exam_a_lesson"
            ),
            models.CheckConstraint(
                condition=models.Q(kind="make_up", original__isnull=False)
                | (~models.Q(kind="make_up") & models.Q(original=None)),
                name="exams_make_up_of",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def counts(self) -> bool:
        """Whether the result goes into the records."""
        return self.kind in (Exam.Kind.FORMAL, Exam.Kind.MAKE_UP)

    def holds_back_answers(self, at: datetime) -> bool:
        """Whether takers see no answers yet: in a contest others are still writing."""
        return self.kind == Exam.Kind.CONTEST and self.closes_at is not None and at < self.closes_at

    @property
    def unlimited(self) -> bool:
        """Whether it may be sat as often as one likes."""
        return self.kind == Exam.Kind.PRACTICE or self.rehearses_id is not None


class Reopening(models.Model):
    """One more attempt for one enrolment, granted by an examiner with a reason."""

    exam = models.ForeignKey(Exam, on_delete=models.PROTECT, related_name="reopenings")
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(_("reason"), max_length=255)
    granted_at = models.DateTimeField()
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.exam_id} + {self.enrolment_id}"
