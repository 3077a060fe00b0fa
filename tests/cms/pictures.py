"""Small image files, and what a server sent of them."""

from io import BytesIO
from typing import Any

from PIL import Image


def png(width: int = 40, height: int = 30, colour: str = "teal") -> bytes:
    return encoded("PNG", width, height, colour)


def encoded(kind: str, width: int = 40, height: int = 30, colour: str = "teal") -> bytes:
    buffer = BytesIO()
    Image.new("RGB", (width, height), colour).save(buffer, kind)
    return buffer.getvalue()


def sent(answer: Any) -> bytes:
    """The body of a streamed answer."""
    return b"".join(answer.streaming_content)


def status(answer: Any) -> int:
    """Of an answer whose file is closed, read or not."""
    if answer.streaming:
        sent(answer)
    return int(answer.status_code)
