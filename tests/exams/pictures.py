"""Small pictures for tests."""

import io

from PIL import Image


def png(width: int = 40, height: int = 30) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (width, height), "#0B6E5E").save(stream, "PNG")
    return stream.getvalue()


PNG = png()
