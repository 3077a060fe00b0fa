"""Print what is not printed yet. The row is the work: a worker claims it, prints outside a transaction, marks it."""

import logging
from datetime import datetime, timedelta

from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from django.db.models import Case, F, Value, When

from certificates.actions.hold import hold
from certificates.models import Certificate
from certificates.rendering import glyphs, picture, press
from certificates.rules import Wording

logger = logging.getLogger(__name__)

CLAIM = timedelta(minutes=2)  # a worker that has not finished by then is dead; the next one takes over
FRESH = timedelta(hours=1)  # so long after its issue somebody may be waiting for it
MAX_ATTEMPTS = 3
FAILED = "failed"


def render_pending(*, at: datetime, limit: int = 20) -> int:
    """Print up to `limit` certificates whose turn it is; return how many are done."""
    done = 0
    for _ in range(limit):
        certificate = claim_next(at=at)
        if certificate is None:
            break
        done += render(certificate=certificate, at=at)
    return done


def claim_next(*, at: datetime) -> Certificate | None:
    """The certificate that waits longest, now ours for `CLAIM`. Two workers never both get it.

    Those issued within the hour come first: whoever has just earned one does not wait behind a backlog.
    """
    backlog = Case(When(issued_at__lt=at - FRESH, then=Value(1)), default=Value(0))
    due = Certificate.objects.unrendered().filter(render_due_at__lte=at)
    waiting = due.order_by(backlog, "render_due_at", "id")
    for pk, due_at in waiting.values_list("pk", "render_due_at")[:50]:
        mine = Certificate.objects.unrendered().filter(pk=pk, render_due_at=due_at)
        if mine.update(render_due_at=at + CLAIM, render_attempts=F("render_attempts") + 1):
            return Certificate.objects.select_related("person", "unit").get(pk=pk)
    return None


def render(*, certificate: Certificate, at: datetime) -> bool:
    """Print one: True when its files stand; otherwise it is held, or waits for another try."""
    wording = Wording.from_json(certificate.wording)
    missing = glyphs.missing(wording.printed())
    if missing:
        hold(certificate=certificate, reason=glyphs.reason(missing), at=at)
        return False
    try:
        pdf = press.pdf(wording, code=certificate.code)
        png = picture.png(pdf)
    except Exception:  # whatever breaks a certificate must not break the next one
        logger.exception("certificate %s could not be printed", certificate.pk)
        if certificate.render_attempts >= MAX_ATTEMPTS:
            hold(certificate=certificate, reason=FAILED, at=at)
        return False
    return _keep(certificate, pdf, png, at)


def _keep(certificate: Certificate, pdf: bytes, png: bytes, at: datetime) -> bool:
    names = {
        "pdf": _store(certificate.pdf.storage, f"certificates/{certificate.uuid}.pdf", pdf),
        "png": _store(certificate.png.storage, f"certificates/{certificate.uuid}.png", png),
    }
    unrendered = Certificate.objects.unrendered().filter(pk=certificate.pk)
    return unrendered.update(rendered_at=at, **names) == 1


def _store(storage: Storage, name: str, content: bytes) -> str:
    """Keep the bytes under exactly this name; what a dead worker left there goes."""
    storage.delete(name)
    return storage.save(name, ContentFile(content))
