"""Let pending announcements arrive: each effect and its mark in one transaction, so that it happens once."""

import logging
from datetime import datetime, timedelta

from django.db import transaction

from lms.journal import handlers
from lms.journal.models import Delivery, Entry

logger = logging.getLogger(__name__)

MAX_ATTEMPTS = 12
LONGEST_WAIT = timedelta(hours=1)


def deliver(*, at: datetime, limit: int = 200) -> int:
    """Deliver up to `limit` due deliveries, oldest first; return how many took effect.

    A worker killed in the middle rolls the effect and the mark back together; two workers never both act on one row.
    """
    due = Delivery.objects.filter(state=Delivery.State.PENDING, due_at__lte=at).order_by("due_at", "id")
    return sum(_deliver_one(pk, at) for pk in due.values_list("pk", flat=True)[:limit])


@transaction.atomic
def take_along(handler: str, *, at: datetime) -> list[Entry]:
    """Everything else this handler has still to hear, marked as heard in the caller's transaction.

    For a handler to whom a thousand entries are no more work than one. What another worker holds is left to it.
    """
    pending = Delivery.objects.filter(handler=handler, state=Delivery.State.PENDING)
    held = list(pending.select_for_update(skip_locked=True, of=("self",)).select_related("entry").order_by("pk"))
    Delivery.objects.filter(pk__in=[one.pk for one in held]).update(state=Delivery.State.DONE, done_at=at)
    return [one.entry for one in held]


def _deliver_one(pk: int, at: datetime) -> bool:
    try:
        with transaction.atomic():
            if not _claim(pk, at):
                return False
            delivery = Delivery.objects.select_related("entry").get(pk=pk)
            handlers.get(delivery.handler)(delivery.entry, at=at)
            return True
    except Exception as error:  # a handler may fail in any way; the row remembers and waits
        logger.exception("delivery %s failed", pk)
        _put_off(pk, at, error)
        return False


def _claim(pk: int, at: datetime) -> bool:
    """Mark the row done; whoever changes it holds its lock until the effect is committed or undone."""
    pending = Delivery.objects.filter(pk=pk, state=Delivery.State.PENDING)
    return pending.update(state=Delivery.State.DONE, done_at=at) == 1


def _put_off(pk: int, at: datetime, error: Exception) -> None:
    delivery = Delivery.objects.get(pk=pk)
    if delivery.state != Delivery.State.PENDING:
        return
    delivery.attempts += 1
    delivery.due_at = at + wait_after(delivery.attempts)
    delivery.error = repr(error)[:2000]
    if delivery.attempts >= MAX_ATTEMPTS:
        delivery.state = Delivery.State.DEAD
    delivery.save(update_fields=["attempts", "due_at", "error", "state"])


def wait_after(attempts: int) -> timedelta:
    """How long to wait after the n-th failure: 2, 4, 8 … seconds, an hour at most."""
    return min(timedelta(seconds=2**attempts), LONGEST_WAIT)
