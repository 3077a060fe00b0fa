"""Where two texts differ, for the eye."""

from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Final, NamedTuple

LONGEST: Final = 1500  # characters that are compared


class Piece(NamedTuple):
    text: str
    differs: bool


def differences(ours: str, theirs: str) -> tuple[list[Piece], list[Piece]]:
    """Both texts in pieces. Joined, the pieces are the texts."""
    if max(len(ours), len(theirs)) > LONGEST:
        return [Piece(ours, ours != theirs)], [Piece(theirs, ours != theirs)]
    steps = SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes()
    left = [Piece(ours[a:b], kind != "equal") for kind, a, b, _c, _d in steps]
    right = [Piece(theirs[c:d], kind != "equal") for kind, _a, _b, c, d in steps]
    return list(_filled(left)), list(_filled(right))


def _filled(pieces: list[Piece]) -> Iterator[Piece]:
    return (piece for piece in pieces if piece.text)
