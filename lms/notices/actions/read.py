"""A person has read notices."""

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
