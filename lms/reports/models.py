"""Figures kept ready, and the filters that people keep for themselves."""

from uuid import uuid4

from django.conf import settings
from django.db import models

from courses.models import Course
from lms.people.models import OrgUnit

COUNTS = ("assigned", "completed", "on_time")
OWN = tuple(f"own_{name}" for name in COUNTS)
KEY = ("unit", "measure", "only_required", "course", "moment")


class Rollup(models.Model):
    """Tasks of one course in one unit that share a moment: `own_…` of the unit of the day, the others with all below.

    `due`: the moment is when they are due (`counting.NEVER` without a date), so that what is overdue follows from the
    clock alone. `week`: the moment is the Monday, 0:00 local, of the week in which they were assigned or completed.
    `only_required` counts as if there were no optional assignments. Only `rollups` writes here.
    """

    class Measure(models.TextChoices):
        DUE = "due"
        WEEK = "week"

    unit = models.ForeignKey(OrgUnit, on_delete=models.CASCADE, related_name="+", db_index=False)
    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="+")
    measure = models.CharField(max_length=4, choices=Measure.choices)
    only_required = models.BooleanField()
    moment = models.DateTimeField()
    own_assigned = models.IntegerField(default=0)
    own_completed = models.IntegerField(default=0)
    own_on_time = models.IntegerField(default=0)
    assigned = models.IntegerField(default=0)
    completed = models.IntegerField(default=0)
    on_time = models.IntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=KEY, name="reports_rollup_key")]

    def __str__(self) -> str:
        return f"{self.unit_id} · {self.course_id} · {self.measure} {self.moment:%Y-%m-%d}"


class SavedFilter(models.Model):
    """One person's way back to a page as it was filtered: `view` names its address, `query` is what follows it."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_filters")
    name = models.CharField(max_length=40)
    view = models.CharField(max_length=20)
    query = models.CharField(max_length=255, blank=True)
    saved_at = models.DateTimeField()

    class Meta:
        ordering = ["name", "id"]
        constraints = [models.UniqueConstraint(fields=["person", "name"], name="reports_filter_name")]

    def __str__(self) -> str:
        return self.name
