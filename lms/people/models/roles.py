"""Who may do what, where, from when until when."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models.expressions import Combinable

from lms.people.enums import Role
from lms.people.models.organisation import OrgUnit


class RoleGrantQuerySet(models.QuerySet["RoleGrant"]):
    def valid(self, at: datetime | Combinable) -> "RoleGrantQuerySet":
        return self.filter(starts_at__lte=at).filter(models.Q(ends_at=None) | models.Q(ends_at__gt=at))


class RoleGrant(models.Model):
    """A role over one unit and everything under it, for a time. Read through `lms.people.access` only."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="grants")
    role = models.CharField(max_length=16, choices=Role.choices)
    unit = models.ForeignKey(OrgUnit, on_delete=models.PROTECT, related_name="grants")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    objects = RoleGrantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "role", "unit"], condition=models.Q(ends_at=None), name="people_one_open_grant"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.role} @ {self.unit_id}"
