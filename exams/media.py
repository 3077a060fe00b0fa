"""Pictures and sounds of questions: what may come in, and where their bytes lie."""

import io
from hashlib import sha256
from typing import Final

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _
from PIL import Image, UnidentifiedImageError

from exams.exchange.question import Media
from exams.types import Refused

PICTURES: Final = {"image/png": "PNG", "image/jpeg": "JPEG", "image/webp": "WEBP", "image/gif": "GIF"}
SOUNDS: Final = {
    "audio/mpeg": (b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2"),
    "audio/ogg": (b"OggS",),
    "audio/wav": (b"RIFF",),
}
LARGEST: Final = 10 * 1024 * 1024  # bytes
MOST_PIXELS: Final = 50_000_000


def named(data: bytes) -> str:
    """The name of a medium: the SHA-256 of its bytes."""
    return sha256(data).hexdigest()


def checked(media: Media) -> Media:
    """The medium when it is a picture or a sound of a kind that browsers show safely; Refused else."""
    if len(media.data) > LARGEST:
        raise Refused("media", _("a picture or sound is larger than 10 MB"))
    if media.name != named(media.data):
        raise Refused("media", _("a picture or sound is not the one its name says"))
    if media.mime in PICTURES:
        size(media)
    elif not media.data.startswith(SOUNDS.get(media.mime, ())):
        raise Refused("media", _("only PNG, JPEG, WebP and GIF pictures and MP3, Ogg and WAV sounds can be used"))
    return media


def size(media: Media) -> tuple[int, int]:
    """Width and height of a picture in pixels; Refused when it is none."""
    try:
        with Image.open(io.BytesIO(media.data), formats=[PICTURES[media.mime]]) as picture:
            width, height = picture.size
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError, Warning, KeyError):
        raise Refused("media", _("a picture is broken")) from None
    if width * height > MOST_PIXELS:
        raise Refused("media", _("a picture is larger than 50 million pixels"))
    return width, height


def path(name: str) -> str:
    """Where the bytes lie in the storage; one file for all banks."""
    return f"questions/{name[:2]}/{name}"


def keep(media: Media) -> None:
    if not default_storage.exists(path(media.name)):
        default_storage.save(path(media.name), ContentFile(media.data))


def data(name: str) -> bytes:
    """The bytes of a kept medium; FileNotFoundError when they are gone."""
    with default_storage.open(path(name)) as file:
        return bytes(file.read())
