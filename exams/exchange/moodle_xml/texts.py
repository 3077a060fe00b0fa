"""Texts of Moodle XML: their format, and the files that stand beside them."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from django.utils.translation import gettext as _

from exams.exchange.passages import NOTHING, Passage, looks_like_html
from exams.exchange.pictures import decoded, media_of
from exams.exchange.question import Media
from exams.exchange.xml_tree import text_at

_FILE: Final = re.compile(r"@@PLUGINFILE@@/([^\"'<>\s?#)]+)(?:\?[^\"'<>\s)]*)?")
_INLINE: Final = re.compile(r"data:[a-z]+/[a-z0-9.+-]+;base64,([A-Za-z0-9+/=\s]+?)(?=[\"'])")
_LINKED: Final = re.compile(r"<a\b[^>]*\bhref=\"(media:([0-9a-f]{64}))\"[^>]*>(.*?)</a>", re.DOTALL)
_ELSEWHERE: Final = re.compile(r"<(?:img|audio|source|video|iframe)\b[^>]*\bsrc=[\"']?(?:https?:)?//", re.IGNORECASE)


@dataclass
class Texts:
    """Reads the texts of one question and keeps the media they name."""

    remark: Callable[[str], None]
    media: dict[str, Media] = field(default_factory=dict)

    def at(self, element: Element | None, path: str = "") -> Passage:
        """The text of a child with its pictures; NOTHING when there is none."""
        found = element.find(path) if element is not None and path else element
        if found is None:
            return NOTHING
        text = text_at(found, "text") or (found.text or "").strip()
        text = self._with_files(text, found)
        if _ELSEWHERE.search(text):
            self.remark(_("pictures and films on other servers are not taken over"))
        named = found.get("format", "moodle_auto_format")
        html = named == "html" or (named not in ("plain_text", "markdown") and looks_like_html(text))
        return Passage(text, html and bool(text))

    def file(self, element: Element | None) -> Media | None:
        """The picture or sound of a `<file>`, kept with the question; None when it is of another kind."""
        if element is None:
            return None
        found = media_of(decoded(element.text or ""))
        if found:
            self.media[found.name] = found
        return found

    def _with_files(self, text: str, element: Element) -> str:
        files = {file.get("name", ""): file for file in element.findall("file")}

        def named(match: re.Match[str]) -> str:
            media = self.file(files.get(unquote(match[1]).rsplit("/", 1)[-1]))
            if media is None:
                self.remark(_("the file %(name)s is not taken over") % {"name": unquote(match[1])[:80]})
                return match[0]
            return f"media:{media.name}"

        return _LINKED.sub(self._linked, _INLINE.sub(self._inline, _FILE.sub(named, text)))

    def _linked(self, match: re.Match[str]) -> str:
        """A sound that is only linked is there to be heard."""
        media = self.media[match[2]]
        return f'<audio src="{match[1]}"></audio> {match[3]}' if media.mime.startswith("audio/") else match[0]

    def _inline(self, match: re.Match[str]) -> str:
        media = media_of(decoded(match[1]))
        if media is None:
            self.remark(_("a picture of an unknown kind is not taken over"))
            return ""
        self.media[media.name] = media
        return f"media:{media.name}"
