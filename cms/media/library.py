"""Where the files of the media lie: under their own identity, whatever they were called when they came."""

from pathlib import Path
from typing import Final
from uuid import UUID

from django.core.files import File
from django.core.files.storage import default_storage

FOLDER: Final = "library"


def path(uuid: UUID, page: int | None = None) -> str:
    """Of the file itself, or of the picture of one of its pages."""
    return f"{FOLDER}/{uuid.hex[:2]}/{uuid}/{f'{page}.webp' if page else 'file'}"


def keep(uuid: UUID, file: Path, page: int | None = None) -> int:
    """Store it; how many bytes it has."""
    with file.open("rb") as stream:
        default_storage.save(path(uuid, page), File(stream))
    return file.stat().st_size


def forget(uuid: UUID, pages: int) -> None:
    """Delete it and the pictures of its pages."""
    for page in (None, *range(1, pages + 1)):
        default_storage.delete(path(uuid, page))
