"""The key to what a phone keeps of a sitting, in a cookie that its scripts read and logging out removes (P2, P18).

It is the same for the same attempt, so that a phone whose session has ended opens what it kept after the next log-in.
"""

from django.conf import settings
from django.http import HttpResponse
from django.utils.crypto import salted_hmac

from exams.models import Attempt
from exams.views.holder import seconds
from lms.people import own_cookies


def give(response: HttpResponse, attempt: Attempt) -> None:
    """The person of the attempt is logged in and this device may open what it kept."""
    response.set_cookie(
        f"{own_cookies.PREFIX}{attempt.uuid.hex[:12]}", _secret(attempt), max_age=seconds(attempt), samesite="Strict",
        secure=settings.SESSION_COOKIE_SECURE,
    )  # fmt: skip


def _secret(attempt: Attempt) -> str:
    """32 bytes in hexadecimal digits."""
    return salted_hmac("exams.kept", f"{attempt.uuid}/{attempt.person_id}", algorithm="sha256").hexdigest()
