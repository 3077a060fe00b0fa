"""The key to what a phone keeps of a sitting, in a cookie that its scripts read and logging out removes (P2, P18).

It is the same for the same attempt, so that a phone whose session has ended opens what it kept after the next log-in.
The sheet gives it until a day after the deadline. The result gives it again for as long as what a killed tab held may
still be accepted, and for no longer than it takes to send that.
"""

from datetime import datetime
from typing import Final

from django.conf import settings
from django.http import HttpResponse
from django.utils.crypto import salted_hmac

from exams.models import Attempt
from exams.rules import lateness
from exams.views.holder import seconds
from lms.people import own_cookies

AGAIN: Final = 3600  # seconds


def give(response: HttpResponse, attempt: Attempt) -> None:
    """The person of the attempt is logged in and this device may open what it kept."""
    _give(response, attempt, seconds(attempt))


def give_again(response: HttpResponse, attempt: Attempt, *, at: datetime) -> None:
    """The same after the end, while it is of use."""
    if lateness.is_open(attempt.released_at, attempt.exam.appeal_days, at=at):
        _give(response, attempt, AGAIN)


def _give(response: HttpResponse, attempt: Attempt, lasts: int) -> None:
    response.set_cookie(
        f"{own_cookies.PREFIX}{attempt.uuid.hex[:12]}", _secret(attempt), max_age=lasts, samesite="Strict",
        secure=settings.SESSION_COOKIE_SECURE,
    )  # fmt: skip


def _secret(attempt: Attempt) -> str:
    """32 bytes in hexadecimal digits."""
    return salted_hmac("exams.kept", f"{attempt.uuid}/{attempt.person_id}", algorithm="sha256").hexdigest()
