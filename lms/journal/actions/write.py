"""Write what happened, and for whom it matters."""

from datetime import datetime
from typing import Any, Protocol

from django.db import transaction

from lms.journal import handlers
from lms.journal.models import Delivery, Entry


class HasId(Protocol):
    """A person or a unit, of which the journal keeps only the id."""

    @property
    def pk(self) -> Any: ...


@transaction.atomic
def write(
    kind: str,
    *,
    by: HasId | None,
    at: datetime,
    payload: dict[str, Any],
    about: HasId | None = None,
    unit: HasId | None = None,
) -> Entry:
    """Append one entry and one pending delivery for each handler, in the caller's transaction.

    `payload` holds ids and plain values, never names: an entry is kept for ever and read by machines.
    """
    entry = Entry.objects.create(
        kind=kind,
        payload=payload,
        by_person=_id(by),
        about_person=_id(about),
        unit=_id(unit),
        occurred_at=at,
    )
    names = handlers.names_for(kind)
    if names:
        Delivery.objects.bulk_create(Delivery(entry=entry, handler=name, due_at=at) for name in names)
    return entry


def _id(fact: HasId | None) -> int | None:
    return None if fact is None else fact.pk
