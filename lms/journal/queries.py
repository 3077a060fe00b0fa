"""What is on its way."""

from django.db.models import Exists, OuterRef, QuerySet

from lms.journal.models import Delivery, Entry


def unheard(handler: str) -> QuerySet[Entry]:
    """Entries that the handler of this name has still to hear, oldest first."""
    return Entry.objects.filter(Exists(_pending(handler).filter(entry=OuterRef("pk")))).order_by("pk")


def something_unheard(handler: str) -> Exists:
    """Whether there are any, to be asked within another query."""
    return Exists(_pending(handler))


def _pending(handler: str) -> QuerySet[Delivery]:
    return Delivery.objects.filter(handler=handler, state=Delivery.State.PENDING)
