"""Whether the parts work, for monitoring: `/healthz`."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lms.journal.models import Delivery, Pulse
from lms.kernel import clock

WORKER_SILENT_AFTER = timedelta(seconds=30)


@require_safe
@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """JSON of database, queue, worker and fonts; 503 when one that people need is missing."""
    at = clock.now()
    worker = Pulse.objects.filter(name="worker").first()
    age = (at - worker.at).total_seconds() if worker else None
    parts: dict[str, dict[str, Any]] = {
        "database": {"ok": True, "vendor": connection.vendor},
        "queue": {"ok": True, "pending": Delivery.objects.filter(state="pending").count(), **_dead()},
        "worker": {"ok": age is not None and age < WORKER_SILENT_AFTER.total_seconds(), "age_seconds": age},
        "fonts": {"ok": all(path.exists() for path in settings.PDF_FONTS)},
    }
    ok = all(part["ok"] for part in parts.values())
    return JsonResponse({"ok": ok, **parts}, status=200 if ok else 503)


def _dead() -> dict[str, int]:
    return {"dead": Delivery.objects.filter(state="dead").count()}
