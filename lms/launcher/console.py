"""What the person at the terminal reads: Chinese first, one line a thing, whatever the terminal's language.

The launcher runs before Django is installed, so its sentences cannot come from the message catalogues.
"""

from __future__ import annotations

import io
import sys
from contextlib import suppress
from typing import NoReturn


def speak_utf8() -> None:
    """A terminal set to another encoding shows replacement marks instead of stopping us."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace", line_buffering=True)


def say(line: str = "", end: str = "\n") -> None:
    """Nobody listening any more (a closed terminal, `| head`) is no reason to end, or to leave programs behind."""
    with suppress(OSError, ValueError):
        print(line, end=end, flush=True)


def give_up(*lines: str) -> NoReturn:
    """Says why and ends with status 1."""
    for line in lines:
        print(line, file=sys.stderr, flush=True)
    raise SystemExit(1)
