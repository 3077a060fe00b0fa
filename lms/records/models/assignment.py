"""Who should learn what by when. Compulsory is a property of an assignment, not of a course."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.models import Course
from lms.people.models import OrgUnit
from lms.records.models.enrolment import AsOfThen, Enrolment


class Assignment(models.Model):
    """One decision of the training administrator: a course for a person or for a unit with everything under it."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="assignments")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(OrgUnit, null=True, on_delete=models.PROTECT, related_name="+")
    required = models.BooleanField(_("required"), default=True)
    due_at = models.DateTimeField(_("due"), null=True)
    reason = models.CharField(max_length=255, blank=True)
    assigned_at = models.DateTimeField()
    assigned_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(person=None, unit__isnull=False) | models.Q(person__isnull=False, unit=None),
                name="records_assignment_one_target",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.course_id} → {self.person_id or self.unit_id}"


class AssignedPersonQuerySet(models.QuerySet["AssignedPerson"]):
    def standing(self) -> "AssignedPersonQuerySet":
        return self.filter(assignment__withdrawn_at=None)


class AssignedPerson(AsOfThen):
    """One person of an assignment, tied to the enrolment that fulfils it. Overdue is derived, never stored.

    `settled`: certainly completed or withdrawn (`actions.settle`); False says nothing. Only an index for what is open.
    """

    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="people")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="assigned")
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="assigned")
    due_at = models.DateTimeField(null=True)
    required = models.BooleanField(default=True)
    settled = models.BooleanField(default=False, editable=False)

    objects = AssignedPersonQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["assignment", "person"], name="records_assigned_once")]
        indexes = [
            models.Index(fields=["person", "due_at"], name="records_assigned_due"),
            models.Index(fields=["due_at", "id"], name="records_assigned_open", condition=models.Q(settled=False)),
        ]

    def __str__(self) -> str:
        return f"{self.assignment_id} → {self.person_id}"
