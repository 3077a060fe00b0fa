"""The platform as something a phone installs: its manifest, its service worker, and the pages shown without a network.

All of them are public and the same for everybody who reads a language; nothing personal is ever in them.
"""

import json
from collections.abc import Sequence
from hashlib import sha256
from typing import Any, Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lms.portal.modules import modules

SIZES: Final = (192, 512)
DRAWN: Final = ("css/app.css", "css/answers.css", "icons/icons.svg", "icons/logo.svg")
SCRIPTS: Final = ("js/app.js", "js/exam-offline.js")  # of the pages that stand in, with all they import
SHEETS: Final = "/exams/sitting/"


@require_safe
def manifest(request: HttpRequest, language: str) -> HttpResponse:
    with translation.override(_known(language)):
        facts: dict[str, Any] = {
            "id": "/",
            "name": _("Lidian"),
            "short_name": _("Lidian"),
            "description": _("Training and learning platform"),
            "lang": language,
            "start_url": reverse("portal:home"),
            "scope": "/",
            "display": "standalone",
            "background_color": "#f7f8f6",
            "theme_color": "#0b6e5e",
            "icons": _icons(),
        }
    return HttpResponse(json.dumps(facts, ensure_ascii=False), content_type="application/manifest+json")


@require_safe
def worker(request: HttpRequest, language: str) -> HttpResponse:
    """The service worker. Its text changes with whatever it keeps, and only then phones take the new one."""
    names = {name: None for script in SCRIPTS for name in modules(script)}
    kept = [static(name) for name in (*DRAWN, *names)]
    facts = {
        "version": _version(kept, language),
        "offline": reverse("portal:offline", args=[_known(language)]),
        "sheet": reverse("portal:offline_sheet", args=[language]),
        "sheets": SHEETS,
        "kept": kept,
    }
    script = render_to_string("portal/worker.js", {"facts": json.dumps(facts)})
    answer = HttpResponse(script, content_type="text/javascript")
    answer.headers["Service-Worker-Allowed"] = "/"
    return answer


@require_safe
def offline(request: HttpRequest, language: str) -> HttpResponse:
    with translation.override(_known(language)):
        return render(request, "portal/offline.html")


@require_safe
def offline_sheet(request: HttpRequest, language: str) -> HttpResponse:
    """The empty sheet: the same for everybody, whoever asks for it."""
    with translation.override(_known(language)):
        return render(request, "portal/offline_sheet.html")


def _known(language: str) -> str:
    if language not in dict(settings.LANGUAGES):
        raise Http404
    return language


def _icons() -> list[dict[str, str]]:
    names = [("icon", "any"), ("maskable", "maskable")]
    return [
        {
            "src": static(f"icons/{name}-{size}.png"),
            "sizes": f"{size}x{size}",
            "type": "image/png",
            "purpose": purpose,
        }
        for name, purpose in names
        for size in SIZES
    ]


def _version(kept: Sequence[str], language: str) -> str:
    """Of everything the worker keeps: the files by their hashed names, the pages by their words."""
    with translation.override(language):
        pages = [render_to_string(f"portal/{name}.html") for name in ("offline", "offline_sheet")]
    return sha256("\n".join([*kept, *pages]).encode()).hexdigest()[:16]
