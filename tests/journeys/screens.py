"""What every screen owes everybody: axe-core finds nothing in any look of it, and nobody scrolls sideways."""

import os
from functools import cache
from pathlib import Path
from typing import Any, Literal

from playwright.sync_api import Page

ROOT = Path(__file__).resolve().parents[2]
PICTURES = os.environ.get(
    "LIDIAN_PICTURES", ""
)  # a folder that gets a picture of every look, for whoever wants to see
NARROW = 320
LARGE = "on => document.documentElement.classList.toggle('large-text', on)"
FIND = """async () => {
    const found = await axe.run(document, {
        resultTypes: ['violations'], preload: false, rules: {'target-size': {enabled: true}}
    });
    return found.violations.flatMap(rule => rule.nodes.map(node => `${rule.id}: ${node.target} ${node.html}`));
}"""
SIDEWAYS = """() => {
    const wide = document.documentElement.scrollWidth - window.innerWidth;
    return wide > 0 ? [`${wide} px too wide for ${window.innerWidth}`] : [];
}"""


@cache
def axe() -> str:
    return (ROOT / "vendor/axe-core/axe.min.js").read_text(encoding="utf-8")


def learners_screen(page: Page, name: str) -> list[str]:
    """Complaints about the screen as it is, in the dark, in 大字版, and on the narrowest phone."""
    page.evaluate(axe())
    found = _look(page, name)
    found += _dark(page, name)
    page.evaluate(LARGE, True)
    found += _look(page, f"{name} large") + _narrow(page, f"{name} large narrow")
    page.evaluate(LARGE, False)
    return found + _narrow(page, f"{name} narrow")


def desk_screen(page: Page, name: str) -> list[str]:
    page.evaluate(axe())
    return _look(page, name) + _dark(page, name) + _said(page, name, SIDEWAYS)


def _dark(page: Page, name: str) -> list[str]:
    _scheme(page, "dark")
    found = _look(page, f"{name} dark")
    _scheme(page, "light")
    return found


def _scheme(page: Page, scheme: Literal["light", "dark"]) -> None:
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")


def _look(page: Page, name: str) -> list[str]:
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"{name}.png", full_page=True)
    return _said(page, name, FIND)


def _narrow(page: Page, name: str) -> list[str]:
    size = page.viewport_size
    assert size is not None
    page.set_viewport_size({"width": NARROW, "height": size["height"]})
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"{name}.png", full_page=True)
    found = _said(page, name, SIDEWAYS)
    page.set_viewport_size(size)
    return found


def _said(page: Page, name: str, script: str) -> list[str]:
    said: list[Any] = page.evaluate(script)
    return [f"{name}: {one}" for one in said]
