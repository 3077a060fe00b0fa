"""Which device may write a sitting: the one that holds its token in a cookie."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from exams.models import Attempt

PATH = "/exams/"
LONGER = 24 * 3600  # seconds after the deadline, for a phone that comes back late


def remember(response: HttpResponse, attempt: Attempt) -> None:
    """This device holds the sitting from now on."""
    response.set_cookie(
        _name(attempt), str(attempt.holder), max_age=seconds(attempt), path=PATH, httponly=True, samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )  # fmt: skip


def seconds(attempt: Attempt) -> int:
    """How long a device remembers a sitting."""
    return int((attempt.deadline - attempt.started_at).total_seconds()) + LONGER


def is_here(request: HttpRequest, attempt: Attempt) -> bool:
    return request.COOKIES.get(_name(attempt)) == str(attempt.holder)


def _name(attempt: Attempt) -> str:
    return f"sitting-{attempt.uuid.hex[:12]}"
