"""An article's page as the content of an edition."""

import hashlib
import json
from dataclasses import dataclass
from typing import Any, Protocol

from django.conf import settings
from django.utils import translation
from django.utils.safestring import mark_safe

from cms import rendering
from lms.news.enums import Part


class HasBodies(Protocol):
    """An article being written."""

    def bodies(self) -> list[tuple[Part, Any]]:
        """Its parts in reading order, empty ones too."""


@dataclass(frozen=True)
class Parts:
    """`kept`: as an edition stores them; `text`: the words of all."""

    kept: list[dict[str, str]]
    text: str

    @property
    def shown(self) -> list[tuple[Part, str]]:
        return parts_of(self.kept)


def render_parts(page: HasBodies) -> Parts:
    """Those that say something, in the company's language whoever publishes."""
    with translation.override(settings.LANGUAGE_CODE):
        rendered = [(part, rendering.render(body)) for part, body in page.bodies()]
    said = [(part, body) for part, body in rendered if body.html]
    return Parts(
        [{"key": part.value, "html": str(body.html)} for part, body in said], "\n".join(b.text for _, b in said)
    )


def parts_of(kept: list[dict[str, str]]) -> list[tuple[Part, str]]:
    """What an edition stores, to be shown. The HTML was made by our own templates."""
    return [(Part(part["key"]), mark_safe(part["html"])) for part in kept]


def digest(facts: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(facts, ensure_ascii=False, sort_keys=True, default=str).encode()).hexdigest()
