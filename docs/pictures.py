"""Takes the pictures of this folder anew, from a demo company that runs: `python docs/pictures.py http://127.0.0.1:8000`."""

import os
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

IMAGES = Path(__file__).resolve().parent / "images"
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium-headless-shell")
LEARNER, PASSWORD = "00120039", "Lidian-2026"


def main(address: str) -> None:
    IMAGES.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(
            base_url=address, viewport={"width": 390, "height": 844}, device_scale_factor=2, locale="zh-CN"
        )
        page.goto("/accounts/login/")
        page.locator("[name=login]").fill(LEARNER)
        page.locator("[name=password]").fill(PASSWORD)
        page.locator("[name=password]").press("Enter")
        page.wait_for_url(f"{address.rstrip('/')}/")
        page.screenshot(path=IMAGES / "home-phone.png")
        browser.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
