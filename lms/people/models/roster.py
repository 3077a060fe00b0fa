"""Roster files that were read, and what came of them."""

from uuid import uuid4

from django.conf import settings
from django.db import models

from lms.people.refusals import refused


class RosterImport(models.Model):
    """One roster file: its report (new, changed, unchanged, wrong, missing) and whether it was applied.

    `decisions` says which rows somebody takes or leaves out: `row-NUMBER` or `gone-STAFF_NO` → taken. From `asked_at`
    on it waits for the worker, which has it in hand since `begun_at`; `trouble` says why it came back unapplied.
    """

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    file_name = models.CharField(max_length=255)
    file_sha256 = models.CharField(max_length=64)
    report = models.JSONField()
    decisions = models.JSONField(default=dict)
    read_at = models.DateTimeField()
    asked_at = models.DateTimeField(null=True)
    begun_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    trouble = models.CharField(max_length=32, blank=True)
    applied_at = models.DateTimeField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(begun_at=None) | models.Q(asked_at__isnull=False), name="people_roster_asked_first"
            ),
        ]

    @property
    def open(self) -> bool:
        """Whether rows can still be decided about."""
        return self.asked_at is None and self.applied_at is None

    @property
    def waits(self) -> bool:
        """Whether it was confirmed and is not applied yet."""
        return self.asked_at is not None and self.applied_at is None

    @property
    def why_not(self) -> str:
        """The sentence for `trouble`; empty when there was none."""
        return str(refused(self.trouble)) if self.trouble else ""

    def __str__(self) -> str:
        return self.file_name
