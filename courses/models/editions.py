"""Editions: what exactly was learned. Rows are written once by `publish_edition` and never changed."""

from django.conf import settings
from django.db import models

from courses.enums import HourAccount
from courses.models.identity import Course, Lesson


class LessonEdition(models.Model):
    """The frozen content of a lesson.

    `body` is the StreamField's JSON, `html` its rendering without anything secret (no right answers), `text` the plain
    text that search and the reading time use, `self_checks` the keys of the self-checks:
    `{block id: {"question", "options", "correct": [index, …], "explanation"}}`, `media` what there is to play or leaf
    through (`courses.media.Medium`); `files` keeps those from being deleted.
    """

    lesson = models.ForeignKey(Lesson, on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=255)
    body = models.JSONField()
    html = models.TextField()
    text = models.TextField()
    self_checks = models.JSONField(default=dict)
    media = models.JSONField(default=list)
    files = models.ManyToManyField("cms.MediaFile", through="courses.EditionFile", related_name="lesson_editions")
    characters = models.PositiveIntegerField(default=0)
    hash = models.CharField(max_length=64)
    published_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["lesson", "number"], name="courses_lesson_edition_number")]

    def __str__(self) -> str:
        return f"{self.title} ({self.number})"


class EditionFile(models.Model):
    """A file that an edition shows: it stays as long as the edition does."""

    edition = models.ForeignKey(LessonEdition, on_delete=models.PROTECT, related_name="+")
    file = models.ForeignKey("cms.MediaFile", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["edition", "file"], name="courses_edition_file_once")]

    def __str__(self) -> str:
        return f"{self.file_id} @ {self.edition_id}"


class CourseEdition(models.Model):
    """The frozen outline of a course: title, approved hours (学时), modules and the exact editions of its lessons."""

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=255)
    summary = models.TextField(blank=True)
    objectives = models.TextField(blank=True)
    audience = models.TextField(blank=True)
    hours = models.DecimalField(max_digits=5, decimal_places=1)
    account = models.CharField(max_length=12, choices=HourAccount.choices)
    coming_soon = models.BooleanField(default=False)
    hash = models.CharField(max_length=64)
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    lessons = models.ManyToManyField(LessonEdition, through="courses.EditionLesson", related_name="course_editions")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["course", "number"], name="courses_course_edition_number")]

    def __str__(self) -> str:
        return f"{self.title} ({self.number})"


class EditionLesson(models.Model):
    """One line of an edition's outline."""

    edition = models.ForeignKey(CourseEdition, on_delete=models.PROTECT, related_name="outline")
    lesson_edition = models.ForeignKey(LessonEdition, on_delete=models.PROTECT, related_name="+")
    lesson = models.ForeignKey(Lesson, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveIntegerField()
    module = models.CharField(max_length=255, blank=True)
    required = models.BooleanField(default=True)
    minutes = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "position"], name="courses_outline_position"),
            models.UniqueConstraint(fields=["edition", "lesson"], name="courses_outline_lesson_once"),
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.lesson_edition_id}"
