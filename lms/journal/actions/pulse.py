"""A background process shows that it lives."""

from datetime import datetime

from lms.journal.models import Pulse


def pulse(name: str, *, at: datetime) -> None:
    Pulse.objects.update_or_create(name=name, defaults={"at": at})
