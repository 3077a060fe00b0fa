"""What of a video, a recording or a document counts as seen. Pure: no database, no clock, no request.

The first time, nothing is skipped: what was seen reaches from the beginning to a point without a gap, and only what
continues there moves the point. It moves no faster than our own clock allows, whatever a browser says it played.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import floor
from typing import Final, Protocol

FASTEST: Final = 1.5  # seconds of a film in one second of study
PAGES_A_SECOND: Final = 1.0
GAP: Final = 1.0  # seconds a player may lose between two reports

Watched = Mapping[str, Sequence[float]]  # by file: reached, and where it was left


class Length(Protocol):
    """A medium: `length` in seconds, of a document (`pages` above 0) in pages."""

    @property
    def file(self) -> str: ...
    @property
    def pages(self) -> int: ...
    @property
    def length(self) -> int: ...


@dataclass(frozen=True)
class Sight:
    """What a page says was seen of one file: `spans` from … to, and where it stands `at`."""

    spans: Sequence[tuple[float, float]]
    at: float


def advanced(reached: float, spans: Iterable[tuple[float, float]], length: float, most: float) -> float:
    """Where the point moves to, at most `most` further. Spans that begin beyond it or lead nowhere move nothing."""
    limit = min(length, reached + most)
    for start, end in sorted(spans):
        if 0 <= start <= reached + GAP and end > reached:
            reached = max(reached, min(end, limit))
    return reached


def after(before: Watched, media: Iterable[Length], sights: Mapping[str, Sight], seconds: float) -> Watched:
    """`before` with what was seen since, in `seconds` of study that all of it shares."""
    watched = dict(before)
    for medium in media:
        sight = sights.get(medium.file)
        if sight is None:
            continue
        pace = PAGES_A_SECOND if medium.pages else FASTEST
        reached = reached_of(before, medium)
        moved = _down(advanced(reached, sight.spans, medium.length, seconds * pace))
        seconds -= max(0.0, moved - reached) / pace
        reached = max(reached, moved)
        watched[medium.file] = [reached, _down(min(max(sight.at, 0.0), reached))]
    return watched


def reached_of(watched: Watched, medium: Length) -> float:
    return watched.get(medium.file, (0.0, 0.0))[0]


def _down(number: float) -> float:
    """To hundredths, never up."""
    return floor(number * 100) / 100
