"""Pictures and sounds of questions: what kind they are is told by their bytes, never by their names."""

import base64
import binascii
import hashlib
import io
from typing import Final

from django.utils.translation import gettext as _
from PIL import Image

from exams.exchange.question import Media
from exams.exchange.unreadable import Broken

_STARTS: Final = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"ID3", "audio/mpeg"),
    (b"\xff\xfb", "audio/mpeg"),
    (b"\xff\xf3", "audio/mpeg"),
    (b"OggS", "audio/ogg"),
)
_INSIDE: Final = ((8, b"WEBP", "image/webp"), (8, b"WAVE", "audio/wav"))
ENDINGS: Final = {
    "image/png": "png", "image/jpeg": "jpg", "image/gif": "gif", "image/webp": "webp",
    "audio/mpeg": "mp3", "audio/ogg": "ogg", "audio/wav": "wav",
}  # fmt: skip


def media_of(data: bytes) -> Media | None:
    """A picture or a sound; None for bytes of any other kind."""
    mime = next((mime for start, mime in _STARTS if data.startswith(start)), "")
    mime = mime or next((mime for at, mark, mime in _INSIDE if data[at : at + len(mark)] == mark), "")
    return Media(hashlib.sha256(data).hexdigest(), mime, data) if mime else None


def decoded(text: str) -> bytes:
    """Bytes of base64, with whatever line ends; Broken when it is none."""
    try:
        return base64.b64decode("".join(text.split()), validate=True)
    except (binascii.Error, ValueError):
        raise Broken(_("an embedded file is damaged")) from None


def encoded(media: Media) -> str:
    return base64.b64encode(media.data).decode()


def size_of(media: Media) -> tuple[int, int]:
    """Width and height in pixels. Broken when it is no picture that opens."""
    try:
        with Image.open(io.BytesIO(media.data), formats=["JPEG", "PNG", "WEBP", "GIF"]) as picture:
            return picture.size
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise Broken(_("an embedded picture is damaged")) from None
