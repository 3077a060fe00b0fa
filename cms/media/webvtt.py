"""Captions: WebVTT, line by line."""

import re
from typing import Final

CUE: Final = re.compile(
    r"(?:(\d{2,}):)?([0-5]\d):([0-5]\d)\.(\d{3})[ \t]+-->[ \t]+(?:(\d{2,}):)?([0-5]\d):([0-5]\d)\.(\d{3})(?:[ \t].*)?"
)


class NotCaptions(ValueError):
    """`line` (from 1) where it goes wrong; 0: not WebVTT at all."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


def check(content: bytes) -> int:
    """How many cues there are, at least one, each ending after it begins. Raises NotCaptions."""
    try:
        lines = content.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError:
        raise NotCaptions(0) from None
    if not lines or not re.fullmatch(r"WEBVTT([ \t].*)?", lines[0]):
        raise NotCaptions(0)
    cues = [(number, CUE.fullmatch(line.strip())) for number, line in enumerate(lines, 1) if "-->" in line]
    for number, cue in cues:
        if cue is None or _ms(cue.groups()[:4]) >= _ms(cue.groups()[4:]):
            raise NotCaptions(number)
    if not cues:
        raise NotCaptions(len(lines))
    return len(cues)


def _ms(parts: tuple[str | None, ...]) -> int:
    hours, minutes, seconds, thousandths = (int(part or 0) for part in parts)
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + thousandths
