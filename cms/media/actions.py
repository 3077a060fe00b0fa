"""The verb of media: keep a file that came."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from django.db import transaction

from cms.media import library
from cms.media.arrivals import Arrival
from cms.models import MediaFile
from lms.people.models import Person


@transaction.atomic
def keep_media(*, kind: str, title: str, arrival: Arrival, by: Person | None, at: datetime) -> MediaFile:
    """Store a file with what was found in it; from here on it never changes."""
    uuid = uuid4()
    size = library.keep(uuid, arrival.file)
    drawn = sum(library.keep(uuid, page, number) for number, page in enumerate(arrival.drawn, 1))
    facts: dict[str, Any] = {"mime": arrival.mime, "seconds": arrival.seconds, "pages": len(arrival.drawn)}
    return MediaFile.objects.create(
        uuid=uuid, kind=kind, title=title, bytes=drawn or size, uploaded_by_user=by, created_at=at, **facts
    )
