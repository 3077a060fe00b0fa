"""Messages to persons: the in-app inbox, and the e-mail that repeats it."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F
from django.db.models.lookups import IsNull


class NoticeQuerySet(models.QuerySet["Notice"]):
    def unread_first(self) -> "NoticeQuerySet":
        """Unread ones before the others, the newest first among each."""
        return self.order_by(IsNull(F("read_at"), True).desc(), "-created_at", "-id")

    def unread(self) -> "NoticeQuerySet":
        return self.filter(read_at=None)


class Notice(models.Model):
    """One message of a kind to one person, rendered from `templates/notices/<kind>.*` in the reader's language.

    `key` makes sending repeatable: the same key is the same notice. An e-mail is sent at least once, with a stable
    Message-ID made from `uuid`.
    """

    class Mail(models.TextChoices):
        NONE = "none"
        PENDING = "pending"
        SENT = "sent"
        FAILED = "failed"

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=120, unique=True)
    context = models.JSONField(default=dict)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    mail = models.CharField(max_length=8, choices=Mail.choices, default=Mail.NONE)
    mail_due_at = models.DateTimeField(null=True)
    mail_attempts = models.PositiveSmallIntegerField(default=0)
    mail_error = models.TextField(blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-id"]
        indexes = [
            models.Index(fields=["person", "-created_at"], name="notices_inbox"),
            models.Index(fields=["mail_due_at"], name="notices_mail_due", condition=models.Q(mail="pending")),
        ]

    def __str__(self) -> str:
        return f"{self.kind} → {self.person_id}"
