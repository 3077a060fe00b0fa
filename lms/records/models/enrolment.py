"""A person learning a course, and what came of each lesson."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.models import Course, CourseEdition, Lesson, LessonEdition
from lms.people.enums import Employment
from lms.people.models import OrgUnit, Position


class AsOfThen(models.Model):
    """Where the person worked when it happened. A later move must not rewrite it."""

    unit = models.ForeignKey(OrgUnit, null=True, on_delete=models.PROTECT, related_name="+")
    position = models.ForeignKey(Position, null=True, on_delete=models.PROTECT, related_name="+")
    employment = models.CharField(max_length=20, choices=Employment.choices, blank=True)

    class Meta:
        abstract = True


class EnrolmentQuerySet(models.QuerySet["Enrolment"]):
    def open(self) -> "EnrolmentQuerySet":
        return self.filter(state=Enrolment.State.OPEN)

    def completed(self) -> "EnrolmentQuerySet":
        return self.filter(state=Enrolment.State.COMPLETED)


class Enrolment(AsOfThen):
    """One period of learning a course: the next year's is the next `cycle`, nothing is ever reset.

    The edition is pinned: what was learned stays what it was.
    """

    class State(models.TextChoices):
        OPEN = "open", _("Learning")
        COMPLETED = "completed", _("Completed")
        CANCELLED = "cancelled", _("Cancelled")

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="enrolments")
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="enrolments")
    edition = models.ForeignKey(CourseEdition, on_delete=models.PROTECT, related_name="enrolments")
    cycle = models.PositiveIntegerField(default=1)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    enrolled_at = models.DateTimeField()
    completed_at = models.DateTimeField(null=True)

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "course"], condition=models.Q(state="open"), name="records_one_open_enrolment"
            ),
            models.UniqueConstraint(fields=["person", "course", "cycle"], name="records_enrolment_cycle"),
        ]
        indexes = [models.Index(fields=["course", "state"], name="records_enrolment_course")]

    def __str__(self) -> str:
        return f"{self.person_id} → {self.course_id} #{self.cycle}"


class LessonResult(models.Model):
    """How far a person is with one lesson of an enrolment; once completed it stays completed.

    `valid_seconds` is the study time that counts (seconds, the sum of its intervals), `position` the resume point
    (0..1), `checked` the self-checks answered: `{block id: [chosen index, …]}`, `watched` how far each video,
    recording and document was seen without a gap and where it was left: `{file: [reached, at]}` (seconds or pages).
    `sources` names every result that was already counted, so that the same one told twice changes nothing; `source` is
    the one that stands.
    """

    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="results")
    lesson = models.ForeignKey(Lesson, on_delete=models.PROTECT, related_name="results")
    lesson_edition = models.ForeignKey(LessonEdition, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    valid_seconds = models.PositiveIntegerField(default=0)
    position = models.FloatField(default=0)
    reached_end_at = models.DateTimeField(null=True)
    checked = models.JSONField(default=dict)
    watched = models.JSONField(default=dict)
    completed_at = models.DateTimeField(null=True)
    score = models.DecimalField(max_digits=6, decimal_places=2, null=True)
    max_score = models.DecimalField(max_digits=6, decimal_places=2, null=True)
    passed = models.BooleanField(null=True)
    source = models.CharField(max_length=80, blank=True)
    sources = models.JSONField(default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["enrolment", "lesson"], name="records_one_result_a_lesson")]

    def __str__(self) -> str:
        return f"{self.enrolment_id} · {self.lesson_id}"
