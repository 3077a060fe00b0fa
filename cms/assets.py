"""Images as readers get them: copies named by their content, so that an edition never changes under its readers.

A trainer may replace or delete an image; the copies an edition shows stay.
"""

import hashlib
import re
from dataclasses import dataclass
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import reverse

WIDTHS = (480, 960, 1440)  # CSS pixels of a phone and of a desktop's text column, each once and twice
NAME = re.compile(r"[0-9a-f]{64}\.webp")
FOLDER = "assets"


@dataclass(frozen=True)
class Copy:
    url: str
    width: int
    height: int


def copies(image: Any) -> list[Copy]:
    """WebP copies of a Wagtail image, narrowest first, none wider than the original."""
    widths = [width for width in WIDTHS if width <= image.width] or [image.width]
    if image.width > widths[-1] and len(widths) < len(WIDTHS):
        widths.append(image.width)
    return [_copy(image.get_rendition(f"width-{width}|format-webp")) for width in widths]


def _copy(rendition: Any) -> Copy:
    with rendition.file.open("rb") as file:
        content = file.read()
    return Copy(reverse("cms:asset", args=[keep(content)]), rendition.width, rendition.height)


def keep(content: bytes) -> str:
    """Store a WebP file once; the name it is known by."""
    name = f"{hashlib.sha256(content).hexdigest()}.webp"
    if not default_storage.exists(path(name)):
        default_storage.save(path(name), ContentFile(content))
    return name


def path(name: str) -> str:
    """Where a file lies; ValueError for anything that is not a key."""
    if not NAME.fullmatch(name):
        raise ValueError(name)
    return f"{FOLDER}/{name[:2]}/{name}"
