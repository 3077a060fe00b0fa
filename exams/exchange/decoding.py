"""From bytes to text, whatever an editor on Windows made of them."""

import codecs
import re

from django.utils.translation import gettext as _

from exams.exchange.unreadable import Unreadable

MAX_BYTES = 10 * 1024 * 1024
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]")


def text_of(data: bytes) -> str:
    """UTF-8, UTF-16 with its mark, or GBK, with plain line ends and no control characters. Raises Unreadable."""
    if len(data) > MAX_BYTES:
        raise Unreadable(_("The file is larger than 10 MB. Please split it."))
    if not data.strip():
        raise Unreadable(_("The file is empty."))
    return cleaned(_decoded(data))


def cleaned(text: str) -> str:
    """Without control characters; every line end is one newline."""
    return _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _decoded(data: bytes) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    for encoding in ("utf-8", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable(_("The characters of this file cannot be read. Please save it as UTF-8."))
