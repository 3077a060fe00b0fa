"""Pages made of the real components and scripts, with a server that answers as a test says. No platform needed."""

import hashlib
import json
import mimetypes
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.template import engines
from playwright.sync_api import Browser, BrowserContext, Page, Route

STATIC = Path(__file__).resolve().parents[2] / "static"
PAGES = Path(__file__).parent / "pages"
ORIGIN = "http://lidian.test"
SECURE = "https://lidian.test"  # where browsers have a cipher
Answer = tuple[int, Any]  # status and JSON, or a text that is not JSON


def page_of(name: str, script: str, **context: object) -> str:
    """The page `pages/NAME.html` with its script, rendered as the platform would."""
    source = (PAGES / "shell.html").read_text(encoding="utf-8")
    source = source.replace("BODY", (PAGES / f"{name}.html").read_text(encoding="utf-8")).replace("SCRIPT", script)
    return str(engines["django"].from_string(source).render(context))


class PartsServer:
    """Serves one page and the static files; `doors` maps a path to a function of the posted text."""

    def __init__(self, browser: Browser, html: str, origin: str = ORIGIN) -> None:
        self.html, self.origin = html, origin
        self.doors: dict[str, Callable[[str], Answer]] = {}
        self.posts: list[tuple[str, Any]] = []
        self.context: BrowserContext = browser.new_context(viewport={"width": 390, "height": 844}, locale="zh-CN")
        self.context.route("**/*", self.serve)
        self.context.set_default_timeout(6_000)
        self.page: Page = self.context.new_page()
        self.errors: list[str] = []
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))

    def open(self) -> Page:
        self.page.goto(f"{self.origin}/")
        self.page.wait_for_function("document.readyState === 'complete'")
        return self.page

    def serve(self, route: Route) -> None:
        path = urlsplit(route.request.url).path
        if path.startswith("/static/"):
            kind = mimetypes.guess_type(path)[0] or "text/plain"
            route.fulfill(body=(STATIC / path.removeprefix("/static/")).read_bytes(), content_type=kind)
        elif path in self.doors:
            self.answer(route, path)
        else:
            route.fulfill(body=self.html if path == "/" else path, content_type="text/html; charset=utf-8")

    def answer(self, route: Route, path: str) -> None:
        text = route.request.post_data or ""
        self.posts.append((path, json.loads(text) if text.startswith("{") else text))
        status, reply = self.doors[path](text)
        if isinstance(reply, str):
            route.fulfill(status=status, body=reply, content_type="text/html")
        else:
            route.fulfill(status=status, body=json.dumps(reply), content_type="application/json")

    def posted(self, path: str) -> list[Any]:
        return [body for where, body in self.posts if where == path]


def receipt(text: str, version: int = 1) -> Answer:
    """The honest answer to a saved answer."""
    asked = json.loads(text)
    digest = hashlib.sha256(json.dumps(asked["payload"], separators=(",", ":")).encode()).hexdigest()
    return 200, {
        "receipt": {"op_id": asked["op_id"], "seq": asked["seq"], "item": asked["item"], "version": version}
        | {"sha256": digest, "received_at": "2026-03-02T01:00:00Z"}
    }
