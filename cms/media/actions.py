"""The verbs of media: keep a file that came, delete one that nothing uses."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from django.db import transaction

from cms.media import library
from cms.media.arrivals import Arrival
from cms.models import MediaFile
from lms.journal.actions import write
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


@transaction.atomic
def delete_media(*, file: MediaFile, by: Person | None, at: datetime) -> None:
    """Delete a file and what was drawn of it; the caller knows that no draft uses it.

    ProtectedError when an edition does.
    """
    write("media-deleted", by=by, at=at, payload={"media": file.pk, "kind": file.kind, "uuid": str(file.uuid)})
    uuid, pages = file.uuid, file.pages
    file.delete()
    transaction.on_commit(lambda: library.forget(uuid, pages))
