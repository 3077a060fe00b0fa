"""A person has read notices."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from lms.notices.models import Notice
from lms.people.models import Person


def mark_read(*, person: Person, at: datetime, notice: UUID | None = None) -> int:
    """Mark one notice of the person as read, or all of them; returns how many were unread."""
    unread = Notice.objects.unread().filter(person=person)
    if notice is not None:
        unread = unread.filter(uuid=notice)
    return unread.update(read_at=at)


def mark_settled(*, person: Person, kinds: Iterable[str], about: Mapping[str, str], at: datetime) -> int:
    """The person did what unread notices of these kinds ask for; `about`: what they say it is of their context."""
    unread = Notice.objects.unread().filter(person=person, kind__in=kinds)
    return unread.filter(**{f"context__{name}": value for name, value in about.items()}).update(read_at=at)
