"""Pictures and sounds of a file, known by what they are and not by what they are called."""

import base64
import hashlib
from io import BytesIO

from PIL import Image

from exams.exchange.question import Media

MAX_BYTES = 10 * 1024 * 1024
PICTURES = {"PNG": "image/png", "JPEG": "image/jpeg", "GIF": "image/gif", "WEBP": "image/webp"}
MAX_PIXELS = 40_000_000
SOUNDS = ((b"ID3", "audio/mpeg"), (b"\xff\xfb", "audio/mpeg"), (b"\xff\xf3", "audio/mpeg"), (b"OggS", "audio/ogg"))
ENDINGS = {
    "image/png": "png",
    "image/jpeg": "jpg",
    "image/gif": "gif",
    "image/webp": "webp",
    "audio/mpeg": "mp3",
    "audio/ogg": "ogg",
    "audio/wav": "wav",
}


def media(data: bytes) -> Media | None:
    """None when it is no picture or sound that phones show and play, or larger than 10 MB."""
    if len(data) > MAX_BYTES:
        return None
    mime = _picture(data) or _sound(data)
    return Media(digest(data), mime, data) if mime else None


def inline(address: str) -> Media | None:
    """A picture that stands in its own address."""
    head, _comma, body = address.partition(",")
    if not head.endswith(";base64"):
        return None
    try:
        data = base64.b64decode(body, validate=False)
    except ValueError:
        return None
    return media(data)


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def size(data: bytes) -> tuple[int, int]:
    """Width and height in pixels; zeros for what is no picture."""
    try:
        with Image.open(BytesIO(data), formats=list(PICTURES)) as image:
            return image.size
    except Exception:  # the readers of the formats raise whatever they like
        return 0, 0


def _picture(data: bytes) -> str:
    try:
        with Image.open(BytesIO(data), formats=list(PICTURES)) as image:
            return PICTURES.get(image.format or "", "") if image.width * image.height <= MAX_PIXELS else ""
    except Exception:  # the readers of the formats raise whatever they like
        return ""


def _sound(data: bytes) -> str:
    if data[:4] == b"RIFF" and data[8:12] == b"WAVE":
        return "audio/wav"
    return next((mime for mark, mime in SOUNDS if data.startswith(mark)), "")
