"""How long a lesson takes where its author does not say."""

from collections.abc import Iterable, Mapping
from math import ceil
from typing import Any

from django.conf import settings


def estimated_minutes(characters: int, media: Iterable[Mapping[str, Any]] = ()) -> int:
    """At least one: the characters at reading speed, what there is to play at its length, pages one by one."""
    reading = characters * 60 / settings.READING_SPEED
    playing = sum(medium["seconds"] + medium["pages"] * settings.PAGE_SECONDS for medium in media)
    return max(1, ceil((reading + playing) / 60))
