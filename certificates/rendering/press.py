"""The press: WeasyPrint with fonts, style sheet and drawings prepared once per process.

Only the assets it names can be fetched. Whatever a name or a title contains, nothing else is
read: no file, no network.
"""

import atexit
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from certificates.rendering import fonts, ornaments
from certificates.rules import Wording

CERTIFICATE = "certificates/certificate.css"

_one_at_a_time = Lock()  # the prepared fonts are shared, and Pango is not made for threads


class UnknownAsset(ValueError):
    """Something asked for an address that is not one of our assets."""


def verify_url(code: str) -> str:
    """What the QR code says. From the fixed site address, never from a request."""
    return f"{settings.SITE_URL}{reverse('certificates:verify', args=[code])}"


def pdf(wording: Wording, *, code: str) -> bytes:
    """The certificate as PDF/UA-1, one page."""
    with _one_at_a_time:
        return _press(_is_everyday(wording.printed())).print(wording, verify_url(code))


def document(html: str, *, style: str) -> bytes:
    """Any other document in the same fonts, as PDF/UA-1; the style includes certificates/faces.css."""
    with _one_at_a_time:
        return _press(_is_everyday(html), style).put_out(html, {})


def prepare() -> None:
    """Load fonts and drawings now rather than with the first certificate."""
    with _one_at_a_time:
        _press(True)


def _is_everyday(text: str) -> bool:
    covered = frozenset.intersection(*map(fonts.coverage, fonts.core().values()))
    return covered.issuperset(map(ord, text))


@cache
def _press(everyday: bool, style: str = CERTIFICATE) -> "Press":
    """The press with the small fonts, or the one with everything."""
    return Press(fonts.core(), [], style) if everyday else Press(fonts.unpacked(), fonts.fallbacks(), style)


atexit.register(_press.cache_clear)  # WeasyPrint removes its copy of the fonts while Python still stands


class Press:
    """What stays the same from one certificate to the next."""

    def __init__(self, weights: Mapping[int, Path], fallbacks: Sequence[Path], style: str = CERTIFICATE) -> None:
        from weasyprint import CSS
        from weasyprint.text.fonts import FontConfiguration

        assets = {f"font-{weight}": path for weight, path in weights.items()}
        assets |= {f"fallback-{number}": path for number, path in enumerate(fallbacks)}
        self.fonts = FontConfiguration()
        css = render_to_string(style, {"fallbacks": range(len(fallbacks))})
        self.css = CSS(string=css, font_config=self.fonts, url_fetcher=_fetcher(assets))
        self.fetcher = _fetcher({})  # the fonts are loaded and the drawings given: a document fetches nothing

    def print(self, wording: Wording, url: str) -> bytes:
        html = render_to_string("certificates/certificate.html", {"wording": wording, "url": url})
        drawings = {
            "asset:sheet": ornaments.sheet(),
            "asset:seal": ornaments.seal(wording.seal_text),
            "asset:qr": ornaments.qr(url),
        }
        return self.put_out(html, drawings)

    def put_out(self, html: str, drawings: dict[str, Any]) -> bytes:
        """`drawings`: what stands behind the addresses of the page."""
        from weasyprint import HTML

        document = HTML(string=html, base_url="asset:", url_fetcher=self.fetcher)
        rendered = document.render(font_config=self.fonts, stylesheets=[self.css], cache=drawings)
        result: bytes = rendered.write_pdf(pdf_variant="pdf/ua-1")
        return result


def _fetcher(assets: Mapping[str, Path]) -> Any:
    """A fetcher of these assets (`asset:<key>`) that raises for every other address."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class Assets(URLFetcher):
        def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
            scheme, _, key = url.partition(":")
            if scheme != "asset" or key not in assets:
                raise UnknownAsset(url)
            return URLFetcherResponse(url, assets[key].read_bytes(), {"Content-Type": "font/ttf"})

    return Assets(allowed_protocols=["asset"], allow_redirects=False)
