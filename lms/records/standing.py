"""What the rule of a lesson is asked with, put together from an edition and what somebody did of it."""

from collections.abc import Collection
from dataclasses import dataclass
from math import ceil

from django.conf import settings

from courses.media import Medium
from courses.shelf import Content
from lms.records import rules
from lms.records.watching import Watched, reached_of


@dataclass(frozen=True)
class MediumStanding:
    """How one medium stands: `reached`, where it was left (`at`) and what is `left`, in seconds or pages."""

    file: str
    reached: float
    at: float
    left: int
    done: bool


def facts_of(
    content: Content, *, reached_end: bool, valid_seconds: int, answered: Collection[str], watched: Watched
) -> rules.ReadingFacts:
    return rules.ReadingFacts(
        reached_end=reached_end,
        valid_seconds=valid_seconds,
        required_seconds=required_seconds(content),
        self_checks=content.self_checks,
        answered=answered,
        media=[_facts(medium, watched) for medium in content.media] if content.media else (),
    )


def required_seconds(content: Content) -> int:
    """The shortest study time of a lesson: its text, and what it has to play or leaf through."""
    reading = rules.reading_seconds(content.characters, settings.READING_SPEED)
    if not content.media:
        return reading
    playing = sum(rules.playing_seconds(medium.seconds) for medium in content.media)
    return reading + playing + sum(medium.pages for medium in content.media) * settings.PAGE_SECONDS


def of_media(content: Content, watched: Watched) -> list[MediumStanding]:
    return [_standing(medium, watched) for medium in content.media]


def _facts(medium: Medium, watched: Watched) -> rules.MediumFacts:
    return rules.MediumFacts(medium.length, reached_of(watched, medium), paged=bool(medium.pages))


def _standing(medium: Medium, watched: Watched) -> MediumStanding:
    reached, at = watched.get(medium.file, (0.0, 0.0))
    left = ceil(rules.unseen(_facts(medium, watched)))
    return MediumStanding(medium.file, reached, at, left, done=not left)
