"""How a person wants to see things."""

from datetime import datetime

from django.conf import settings

from lms.people.models import Person


def set_preferences(
    *,
    person: Person,
    by: Person | None,
    at: datetime,
    language: str | None = None,
    large_text: bool | None = None,
) -> None:
    """Set what is given; unknown languages are left alone. No journal entry: nobody else is concerned."""
    if language in dict(settings.LANGUAGES):
        person.language = language or person.language
    if large_text is not None:
        person.large_text = large_text
    person.save(update_fields=["language", "large_text"])
