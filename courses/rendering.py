"""A lesson page as the content of an edition."""

import hashlib
import json
import re
from dataclasses import dataclass
from typing import Any, Protocol

from django.conf import settings
from django.utils import translation

from cms import rendering
from cms.models import MediaFile
from cms.rendering import SelfChecks
from courses.media import used_in

PICTURE = re.compile(r"[0-9a-f]{64}\.webp")


class Written(Protocol):
    """A lesson being written: its `body` is a stream of `courses.blocks.LessonBody`."""

    title: str
    body: Any


@dataclass(frozen=True)
class LessonContent:
    """Everything an edition freezes of one lesson; `hash` changes when a learner would notice."""

    title: str
    body: list[dict[str, Any]]
    html: str
    text: str
    self_checks: SelfChecks
    media: list[dict[str, Any]]
    files: set[MediaFile]
    characters: int
    activity: tuple[str, str] | None

    @property
    def hash(self) -> str:
        """Of the words and pictures, not of the markup around them, which a new version may draw differently."""
        seen = [self.title, self.body, PICTURE.findall(self.html), self.activity]
        return hashlib.sha256(json.dumps(seen, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def render_lesson(page: Written) -> LessonContent:
    """In the company's language, whoever publishes in whatever language."""
    with translation.override(settings.LANGUAGE_CODE):
        body = rendering.render(page.body)
    return LessonContent(
        title=page.title,
        body=page.body.get_prep_value(),
        html=body.html,
        text=body.text,
        self_checks=body.self_checks,
        media=body.media,
        files=used_in(page.body),
        characters=body.characters,
        activity=_activity(page),
    )


def _activity(page: Written) -> tuple[str, str] | None:
    for block in page.body:
        if block.block_type == "activity":
            return block.value["kind"], block.value["key"]
    return None
