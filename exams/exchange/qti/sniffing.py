"""Whether a file may be QTI, without reading all of it."""

import io
import re
import zipfile
from typing import Final

HEAD: Final = 4096  # bytes
ROOTS: Final = re.compile(
    rb"<(?:[A-Za-z0-9_.-]{1,30}:)?(?:qti-assessment-|assessment(?:Item|Test|Section)|questestinterop)"
)
OFFICE: Final = ("xl/", "word/", "ppt/")


def sniff(data: bytes, name: str) -> bool:
    """A package with a manifest or with items, or one XML file with their element at its beginning."""
    if not data.startswith(b"PK"):
        return bool(ROOTS.search(data[:HEAD].replace(b"\0", b"")))
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return False
    if any(each.startswith(OFFICE) for each in names):
        return False
    return any(each.lower().endswith((".xml", ".qti")) for each in names)
