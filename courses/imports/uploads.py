"""A draft between its preview and the confirmation. It waits in the storage under an unguessable name.

It stays there for a while after the confirmation too: what needs a look is looked up while the course is edited.
"""

import io
import json
import zipfile
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from courses.imports.draft import CourseDraft
from lms.people.models import Person

FOLDER = "course-imports"
KEPT = timedelta(hours=12)
FACTS = "draft.json"
PICTURES = "pictures/"


class Gone(Exception):
    """The draft is no longer there."""


class NotYours(Exception):
    """Somebody else sent it."""


@dataclass(frozen=True)
class Upload:
    """`file_name`: what its sender called it."""

    key: UUID
    file_name: str
    draft: CourseDraft


def keep(draft: CourseDraft, *, file_name: str, person: Person, at: datetime) -> UUID:
    """Put a draft aside; the key gets it back for the same person."""
    key = uuid4()
    facts = {"person": person.pk, "file_name": file_name, "kept_at": at.isoformat(), "draft": draft.as_json()}
    stored = io.BytesIO()
    with zipfile.ZipFile(stored, "w") as archive:
        archive.writestr(FACTS, json.dumps(facts, ensure_ascii=False))
        for name, content in draft.pictures.items():
            archive.writestr(PICTURES + name, content)
    default_storage.save(_path(key), ContentFile(stored.getvalue()))
    return key


def take(key: UUID, *, person: Person, at: datetime) -> Upload:
    """The draft again. Raises Gone or NotYours."""
    try:
        with default_storage.open(_path(key)) as stored, zipfile.ZipFile(stored) as archive:
            facts: dict[str, Any] = json.loads(archive.read(FACTS))
            pictures = {
                name.removeprefix(PICTURES): archive.read(name)
                for name in archive.namelist()
                if name.startswith(PICTURES)
            }
    except FileNotFoundError:
        raise Gone from None
    if facts["person"] != person.pk:
        raise NotYours
    if datetime.fromisoformat(facts["kept_at"]) < at - KEPT:
        raise Gone
    return Upload(key, facts["file_name"], CourseDraft.from_json(facts["draft"], pictures))


def forget(key: UUID) -> None:
    default_storage.delete(_path(key))


def forget_old(*, at: datetime) -> None:
    """Throw away what nobody can take any more."""
    if not default_storage.exists(FOLDER):
        return
    for name in default_storage.listdir(FOLDER)[1]:
        if default_storage.get_modified_time(f"{FOLDER}/{name}") < at - KEPT:
            default_storage.delete(f"{FOLDER}/{name}")


def _path(key: UUID) -> str:
    return f"{FOLDER}/{key}.zip"
