"""Draws the icons of an installed app from logo.svg: `python static/icons/build.py`, after a change of the logo.

A maskable icon is cut by the phone to its own shape: the ground fills the square, the mark stays in the middle 72 %.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Final

from playwright.sync_api import sync_playwright

HERE: Final = Path(__file__).resolve().parent
CHROMIUM: Final = os.environ.get("CHROMIUM", "/usr/bin/chromium-headless-shell")
SIZES: Final = (192, 512)  # pixels
SAFE: Final = 0.72  # of the side; phones promise to show a circle of 0.8


def plain(logo: str) -> str:
    return logo


def maskable(logo: str) -> str:
    """The same mark on a ground without corners."""
    inset = 64 * (1 - SAFE) / 2
    ground, mark = re.fullmatch(r"(.*<rect[^>]*/>)(.*)</svg>\s*", logo, re.DOTALL).groups()  # type: ignore[union-attr]
    square = re.sub(r'rx="\d+" ', "", ground)
    return f'{square}<g transform="translate({inset} {inset}) scale({SAFE})">{mark}</g></svg>'


def main() -> None:
    logo = (HERE / "logo.svg").read_text(encoding="utf-8")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for name, drawn in (("icon", plain(logo)), ("maskable", maskable(logo))):
            for size in SIZES:
                page = browser.new_page(viewport={"width": size, "height": size})
                page.set_content(f"<style>body{{margin:0}}svg{{display:block;width:{size}px}}</style>{drawn}")
                page.screenshot(path=HERE / f"{name}-{size}.png", omit_background=True)
                page.close()
        browser.close()


if __name__ == "__main__":
    main()
