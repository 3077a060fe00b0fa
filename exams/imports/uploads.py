"""A file between preview and confirmation. It waits in the storage under a signed, unguessable name."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.core import signing
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from lms.people.models import Person

FOLDER = "question-imports"
KEPT = timedelta(hours=12)
SALT = "exams.imports.uploads"


class Gone(Exception):
    """The file is no longer there, or belongs to somebody else."""


@dataclass(frozen=True)
class Upload:
    data: bytes
    facts: dict[str, Any]


def keep(data: bytes, *, person: Person, facts: dict[str, Any]) -> str:
    """Put the file aside; the token gets it back for the same person."""
    name = default_storage.save(f"{FOLDER}/{uuid4()}.xlsx", ContentFile(data))
    return signing.dumps({"file": name, "person": person.pk, **facts}, salt=SALT)


def take(token: str, *, person: Person) -> Upload:
    """The file again, with the facts kept beside it. Raises Gone."""
    try:
        facts = signing.loads(token, salt=SALT, max_age=KEPT)
        if facts["person"] != person.pk:
            raise Gone
        with default_storage.open(facts["file"]) as stored:
            return Upload(stored.read(), facts)
    except (signing.BadSignature, FileNotFoundError):
        raise Gone from None


def forget(upload: Upload) -> None:
    default_storage.delete(upload.facts["file"])


def forget_old(*, at: datetime) -> None:
    """Throw away what nobody confirmed."""
    if not default_storage.exists(FOLDER):
        return
    for name in default_storage.listdir(FOLDER)[1]:
        if default_storage.get_modified_time(f"{FOLDER}/{name}") < at - KEPT:
            default_storage.delete(f"{FOLDER}/{name}")
