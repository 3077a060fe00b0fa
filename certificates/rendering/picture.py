"""The PDF as a picture, for the phone: long-press, keep, send on."""

from io import BytesIO
from threading import Lock
from typing import Final

from PIL.Image import Dither, Quantize

WIDTH: Final = 1400  # px: sharp on a phone held sideways, small enough for WeChat
COLOURS: Final = 128

_one_at_a_time = Lock()  # PDFium is not made for threads


def png(pdf: bytes) -> bytes:
    """The first page, `WIDTH` pixels wide."""
    import pypdfium2

    with _one_at_a_time:
        document = pypdfium2.PdfDocument(pdf)
        try:
            page = document[0]
            image = page.render(scale=WIDTH / page.get_width()).to_pil()
        finally:
            document.close()
    picture = BytesIO()
    few = image.convert("RGB").quantize(COLOURS, method=Quantize.FASTOCTREE, dither=Dither.NONE)
    few.save(picture, format="PNG")
    return picture.getvalue()
