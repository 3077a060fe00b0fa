"""Sending: one notice per key, however often it is asked for."""

from datetime import datetime
from typing import Any

from django.db import transaction

from lms.notices.models import Notice
from lms.people.models import Person


@transaction.atomic
def send(
    kind: str, *, to: Person, context: dict[str, Any], key: str, at: datetime, mail: bool = True
) -> Notice | None:
    """Put a notice of `kind` into the person's inbox; None when the `key` has been used before.

    `context` holds ids and plain values for `templates/notices/<kind>.*`; times as ISO text under names that end
    in `_at`. With `mail` it also goes to the person's e-mail address, if there is one.
    """
    by_mail = mail and bool(to.email) and to.is_active
    notice, created = Notice.objects.get_or_create(
        key=key,
        defaults={
            "person": to,
            "kind": kind,
            "context": context,
            "created_at": at,
            "mail": Notice.Mail.PENDING if by_mail else Notice.Mail.NONE,
            "mail_due_at": at if by_mail else None,
        },
    )
    return notice if created else None
