"""What an edition froze of a film, a recording or a document, and which drafts use a file."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from cms.media.blocks import MediaBlock
from cms.models import MediaFile


@dataclass(frozen=True)
class Medium:
    """`file` and `captions` (or empty): identities of the files; `seconds` or `pages`: how long it is."""

    file: str
    kind: str
    title: str
    mime: str
    seconds: int
    pages: int
    bytes: int
    captions: str

    @property
    def length(self) -> int:
        """Seconds; of a document pages."""
        return self.pages or self.seconds


def type_of(media: Iterable[Medium], uuid: UUID) -> str | None:
    """The content type of a file that belongs to one of `media`; None for any other."""
    for medium in media:
        if str(uuid) == medium.file:
            return medium.mime
        if str(uuid) == medium.captions:
            return "text/vtt; charset=utf-8"
    return None


def used_in(body: Any) -> set[MediaFile]:
    """The files a draft's body names."""
    named = [child.value for child in body if isinstance(child.block, MediaBlock)]
    found = {value.get(name) for value in named for name in ("file", "captions")}
    return {file for file in found if file is not None}
