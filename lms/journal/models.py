"""What happened: an append-only log that is the audit trail and the outbox in one.

Must not become a place for names or foreign keys: an entry outlives what it speaks of, so it holds ids and texts.
"""

from uuid import uuid4

from django.db import models
from django.db.models.functions import Now


class Entry(models.Model):
    """One thing that happened, written in the transaction that made it happen."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=64)
    version = models.PositiveSmallIntegerField(default=1)
    payload = models.JSONField(default=dict)
    by_person = models.BigIntegerField(null=True)
    about_person = models.BigIntegerField(null=True)
    unit = models.BigIntegerField(null=True)
    occurred_at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(fields=["kind", "id"], name="journal_entry_kind"),
            models.Index(fields=["about_person", "id"], name="journal_entry_about"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.uuid}"


class Delivery(models.Model):
    """One handler that still has to hear, or has heard, one entry. Effect and mark share a transaction."""

    class State(models.TextChoices):
        PENDING = "pending"
        DONE = "done"
        DEAD = "dead"

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="deliveries")
    handler = models.CharField(max_length=100)
    state = models.CharField(max_length=8, choices=State.choices, default=State.PENDING)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "handler"], name="journal_delivery_once")]
        indexes = [
            models.Index(fields=["due_at"], name="journal_delivery_pending", condition=models.Q(state="pending")),
        ]

    def __str__(self) -> str:
        return f"{self.handler} ← {self.entry_id}"


class Pulse(models.Model):
    """When a background process last showed itself; `/healthz` reads the worker's."""

    name = models.CharField(max_length=50, primary_key=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} {self.at:%H:%M:%S}"
