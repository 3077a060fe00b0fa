"""A certificate as PDF, with its drawings prepared once per process."""

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from certificates.rendering import ornaments
from certificates.rules import Wording
from lms.kernel import press

STYLE = "certificates/certificate.css"


def verify_url(code: str) -> str:
    """What the QR code says. From the fixed site address, never from a request."""
    return f"{settings.SITE_URL}{reverse('certificates:verify', args=[code])}"


def pdf(wording: Wording, *, code: str) -> bytes:
    """The certificate as PDF/UA-1, one page."""
    url = verify_url(code)
    html = render_to_string("certificates/certificate.html", {"wording": wording, "url": url})
    drawings = {
        "asset:sheet": ornaments.sheet(),
        "asset:seal": ornaments.seal(wording.seal_text),
        "asset:qr": ornaments.qr(url),
    }
    return press.document(html, style=STYLE, text=wording.printed(), drawings=drawings)


def prepare() -> None:
    """Load fonts and drawings now rather than with the first certificate."""
    press.prepare(STYLE)
