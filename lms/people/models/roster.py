"""Roster files that were read, and what came of them."""

from uuid import uuid4

from django.conf import settings
from django.db import models


class RosterImport(models.Model):
    """One roster file: its report (new, changed, unchanged, wrong, missing) and whether it was applied.

    `decisions` says which rows somebody takes or leaves out: `row-NUMBER` or `gone-STAFF_NO` → taken.
    """

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    file_name = models.CharField(max_length=255)
    file_sha256 = models.CharField(max_length=64)
    report = models.JSONField()
    decisions = models.JSONField(default=dict)
    read_at = models.DateTimeField()
    applied_at = models.DateTimeField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return self.file_name
