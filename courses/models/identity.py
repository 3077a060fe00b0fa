"""Course and lesson as identities: what stays the same while editions come and pages go."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.enums import LessonKind, Line


class CourseQuerySet(models.QuerySet["Course"]):
    def offered(self) -> "CourseQuerySet":
        """Published at least once and not retired: what the catalogue lists."""
        return self.filter(retired_at=None).exclude(current_edition=None)


class Course(models.Model):
    """A course. Made at first publish; records point at its editions, never at a page."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    page = models.OneToOneField(
        "courses.CoursePage", null=True, on_delete=models.SET_NULL, related_name="course", editable=False
    )
    code = models.CharField(_("course code"), max_length=32, blank=True)
    line = models.CharField(_("line of business"), max_length=8, choices=Line.choices)
    position_tags = models.ManyToManyField(
        "people.PositionTag", blank=True, related_name="courses", verbose_name=_("for which posts")
    )
    current_edition = models.ForeignKey(
        "courses.CourseEdition", null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    objects = CourseQuerySet.as_manager()

    class Meta:
        verbose_name = _("course")
        verbose_name_plural = _("courses")
        ordering = ["code", "id"]

    def __str__(self) -> str:
        return self.code or str(self.uuid)


class Lesson(models.Model):
    """课时: one thing to learn inside a course. `activity_key` names what a lesson of another kind opens."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="lessons")
    page = models.OneToOneField(
        "courses.LessonPage", null=True, on_delete=models.SET_NULL, related_name="lesson", editable=False
    )
    kind = models.CharField(max_length=12, choices=LessonKind.choices, default=LessonKind.READING)
    activity_key = models.CharField(max_length=64, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("lesson")
        verbose_name_plural = _("lessons")

    def __str__(self) -> str:
        return str(self.uuid)
