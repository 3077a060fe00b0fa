"""Whether pages should load no images unasked.

It belongs to the device, not to the person: the same person pays for every megabyte on the phone in the field and for
none at the desk, and a borrowed phone goes on saving for whoever uses it next. So it is a cookie and survives logging
out. Whoever has chosen nothing is asked by their browser's own setting, the header Save-Data.
"""

from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse

COOKIE: Final = "data_saver"
KEPT: Final = 365 * 24 * 3600  # seconds


def saves_data(request: HttpRequest) -> bool:
    chosen = request.COOKIES.get(COOKIE, "")
    if chosen in ("on", "off"):
        return chosen == "on"
    return request.headers.get("Save-Data", "").strip().lower() == "on"


def remember(response: HttpResponse, *, on: bool) -> None:
    response.set_cookie(
        COOKIE, "on" if on else "off", max_age=KEPT, secure=settings.SECURE, httponly=True, samesite="Lax"
    )
