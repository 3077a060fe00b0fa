"""Pictures out of uploaded files: opened, drawn anew and named by us, or said to be left out."""

import hashlib
import warnings
from io import BytesIO
from pathlib import PurePosixPath

from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from courses.imports.draft import Note

FORMATS = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp"}
MAX_PIXELS = 40_000_000
MAX_PICTURES = 200
MAX_PIXELS_TOGETHER = 600_000_000  # fifty photographs of a telephone; drawing them anew takes some ten seconds
LONGEST_SIDE = 1920  # pixels; no phone shows more


class Gallery:
    """The pictures of one file by the name they are stored under."""

    def __init__(self, notes: list[Note]) -> None:
        self.notes = notes
        self.kept: dict[str, bytes] = {}
        self._known: dict[str, str] = {}
        self._pixels = 0

    def take(self, name: str, content: bytes, shown: str, place: str) -> str:
        """The name it is kept under; empty when it cannot be, which a note then says, calling it as `shown`."""
        digest = hashlib.sha256(content).hexdigest()
        if digest in self._known:
            return self._known[digest]
        if len(self.kept) >= MAX_PICTURES:
            self._left_out(_("There are more than 200 pictures; this one was left out: %(name)s"), shown, place)
            return ""
        self._pixels += pixels(content)
        if self._pixels > MAX_PIXELS_TOGETHER:
            said = _("The pictures are too large together; this one was left out, please make it smaller: %(name)s")
            self._left_out(said, shown, place)
            return ""
        drawn = redrawn(content)
        if drawn is None:
            said = _("This picture cannot be used on a phone. Please save it as PNG or JPEG and add it: %(name)s")
            self._left_out(said, shown, place)
            return ""
        data, ending = drawn
        stem = PurePosixPath(name.replace("\\", "/")).stem[:60] or "picture"
        file = f"{stem}.{ending}"
        if file in self.kept:
            file = f"{stem}-{digest[:8]}.{ending}"
        self.kept[file] = data
        self._known[digest] = file
        return file

    def missing_alt(self, name: str, place: str) -> None:
        self._left_out(_("A picture has no description for those who cannot see it: %(name)s"), name, place)

    def _left_out(self, said: str, name: str, place: str) -> None:
        self.notes.append(Note(said % {"name": name}, place))


def pixels(content: bytes) -> int:
    """How large a picture says it is; 0 when it is none."""
    try:
        with Image.open(BytesIO(content), formats=list(FORMATS)) as image:
            return image.width * image.height
    except Exception:  # the readers of the formats raise whatever they like
        return 0


def redrawn(content: bytes) -> tuple[bytes, str] | None:
    """The same picture as a new file without anything hidden in it, upright and not larger than needed."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            return _redrawn(content)
        except Exception:  # the readers of the formats raise whatever they like
            return None


def _redrawn(content: bytes) -> tuple[bytes, str] | None:
    with Image.open(BytesIO(content), formats=list(FORMATS)) as image:
        kind = image.format or ""
        if image.width * image.height > MAX_PIXELS:
            return None
        image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        upright = ImageOps.exif_transpose(image)
        drawn = upright.convert(_mode(upright, kind))
    drawn.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    out = BytesIO()
    drawn.save(out, kind, **({"quality": 85} if kind != "PNG" else {"optimize": False}))
    return out.getvalue(), FORMATS[kind]


def _mode(image: Image.Image, kind: str) -> str:
    if kind == "JPEG":
        return "L" if image.mode == "L" else "RGB"
    return "RGBA" if image.has_transparency_data else "RGB"


def thumbnail(content: bytes) -> bytes:
    """A small WebP of a picture that `redrawn` made."""
    with Image.open(BytesIO(content), formats=list(FORMATS)) as image:
        image.draft("RGB", (320, 320))
        small = image.convert("RGBA" if image.has_transparency_data else "RGB")
    small.thumbnail((200, 200))
    out = BytesIO()
    small.save(out, "WEBP", quality=60)
    return out.getvalue()
