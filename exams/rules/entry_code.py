"""场次码: six digits from a session's secret and the time, new every half minute (RFC 6238 with SHA-256)."""

import hmac
from datetime import datetime
from hashlib import sha256

PERIOD = 30  # seconds
DIGITS = 6


def code(secret: str, at: datetime) -> str:
    """What the invigilator's page shows at that moment."""
    return _code(secret, _window(at))


def seconds_left(at: datetime) -> int:
    """How long the code of that moment is still shown."""
    return PERIOD - int(at.timestamp()) % PERIOD


def accepted(secret: str, given: str, at: datetime) -> bool:
    """Whether it is the code of now or of the half minute before: typing takes a while."""
    typed = "".join(given.split())
    codes = [_code(secret, _window(at) - back) for back in (0, 1)]
    return any(hmac.compare_digest(typed.encode(), each.encode()) for each in codes)


def _window(at: datetime) -> int:
    return int(at.timestamp()) // PERIOD


def _code(secret: str, window: int) -> str:
    digest = hmac.digest(secret.encode(), window.to_bytes(8, "big"), sha256)
    start = digest[-1] & 15
    number = int.from_bytes(digest[start : start + 4], "big") & 0x7FFFFFFF
    return f"{number % 10**DIGITS:0{DIGITS}}"
