"""Why a file, or a question of it, cannot be read."""

from dataclasses import dataclass


class Unreadable(Exception):
    """The file as a whole cannot be read; the message is one sentence for the person who sent it."""


@dataclass(frozen=True)
class Broken(Exception):
    """A question of the file is wrong: why, in one sentence."""

    reason: str


@dataclass(frozen=True)
class Unlike(Exception):
    """A question is right, but there is nothing like it here: what it is called there, and why."""

    what: str
    reason: str
