"""Is this certificate real? For anyone who scans its code: no log-in, no session, and no more than is needed."""

import logging
import re
from datetime import datetime
from typing import Final

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from certificates import queries, rules
from lms.kernel import clock
from lms.people.lockout import client_address

logger = logging.getLogger(__name__)

CODE: Final = re.compile(r"[A-Za-z0-9_-]{1,40}")
MOST_UNKNOWN: Final = 30  # codes a minute that nobody has, from one address; a real code never counts


@require_safe
@never_cache
def verify(request: HttpRequest, code: str) -> HttpResponse:
    """The state of the certificate at this moment, read from its row: a revocation shows at once."""
    at = clock.now()
    counter = f"verify-unknown:{client_address(request)}:{at:%H%M}"
    if _count(counter, 0) > MOST_UNKNOWN:
        return _answer(request, "certificates/verify_later.html", {}, 429)
    certificate = queries.verifiable(code) if CODE.fullmatch(code) else None
    if certificate is None:
        _count(counter, 1)
        return _answer(request, "certificates/verify.html", {"state": "unknown"}, 404)
    return _answer(request, "certificates/verify.html", _facts(queries.Shown(certificate, at), at), 200)


def _facts(shown: queries.Shown, at: datetime) -> dict[str, object]:
    return {
        "state": shown.state.value,
        "name": rules.masked(shown.wording.name),
        "shown": shown,
        "corrected": getattr(shown.certificate, "corrected", False),
        "at": at,
    }


def _answer(request: HttpRequest, template: str, facts: dict[str, object], status: int) -> HttpResponse:
    response = render(request, template, facts, status=status)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _count(counter: str, by: int) -> int:
    """Add to a counter of this minute and return it. A broken cache counts nothing: verification goes on."""
    try:
        cache.add(counter, 0, timeout=120)
        return cache.incr(counter, by) if by else int(cache.get(counter, 0))
    except Exception:  # whatever the cache is, it is never a reason to refuse
        logger.exception("verification is not being counted")
        return 0
