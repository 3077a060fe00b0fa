"""HTML and a style sheet become PDF/UA-1."""

import atexit
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

from django.template.loader import render_to_string

from lms.kernel.press import fonts

Assets = Mapping[str, tuple[bytes, str]]  # what stands behind `asset:<key>`: bytes and their MIME type

_one_at_a_time = Lock()  # the prepared fonts are shared, and Pango is not made for threads


class UnknownAsset(ValueError):
    """Something asked for an address that is not one of our assets."""


def document(
    html: str, *, style: str, text: str = "", drawings: Mapping[str, Any] | None = None, assets: Assets | None = None
) -> bytes:
    """A document; its style, a template of CSS, includes press/faces.css.

    `text`: what is written, where that is less than the HTML; it decides which fonts are needed. `drawings`: pictures
    made already, by address.
    """
    with _one_at_a_time:
        return _press(_is_everyday(text or html), style).put_out(html, dict(drawings or {}), assets or {})


def prepare(style: str) -> None:
    """Load fonts and style now rather than with the first document."""
    with _one_at_a_time:
        _press(True, style)


def _is_everyday(text: str) -> bool:
    covered = frozenset.intersection(*map(fonts.coverage, fonts.core().values()))
    return covered.issuperset(map(ord, text))


@cache
def _press(everyday: bool, style: str) -> "_Press":
    """The press with the small fonts, or the one with everything."""
    return _Press(fonts.core(), [], style) if everyday else _Press(fonts.unpacked(), fonts.fallbacks(), style)


atexit.register(_press.cache_clear)  # WeasyPrint removes its copy of the fonts while Python still stands


class _Press:
    """What stays the same from one document to the next."""

    def __init__(self, weights: Mapping[int, Path], fallbacks: Sequence[Path], style: str) -> None:
        from weasyprint import CSS
        from weasyprint.text.fonts import FontConfiguration

        paths = {f"font-{weight}": path for weight, path in weights.items()}
        paths |= {f"fallback-{number}": path for number, path in enumerate(fallbacks)}
        fetcher = _fetcher({key: (path.read_bytes(), "font/ttf") for key, path in paths.items()})
        self.fonts = FontConfiguration()
        css = render_to_string(style, {"fallbacks": range(len(fallbacks))})
        self.css = CSS(string=css, font_config=self.fonts, url_fetcher=fetcher)

    def put_out(self, html: str, drawings: dict[str, Any], assets: Assets) -> bytes:
        """The fonts are loaded already: a document fetches nothing but its own assets."""
        from weasyprint import HTML

        document = HTML(string=html, base_url="asset:", url_fetcher=_fetcher(assets))
        rendered = document.render(font_config=self.fonts, stylesheets=[self.css], cache=drawings)
        result: bytes = rendered.write_pdf(pdf_variant="pdf/ua-1")
        return result


def _fetcher(assets: Assets) -> Any:
    """A fetcher of these assets that raises for every other address."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class Ours(URLFetcher):
        def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
            scheme, _, key = url.partition(":")
            if scheme != "asset" or key not in assets:
                raise UnknownAsset(url)
            data, mime = assets[key]
            return URLFetcherResponse(url, data, {"Content-Type": mime})

    return Ours(allowed_protocols=["asset"], allow_redirects=False)
