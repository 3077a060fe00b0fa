"""A Chromium in which somebody logs in, and Lighthouse then opens pages in the same session."""

import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium-headless-shell")
QUIET = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update")
PATIENCE = 60.0  # seconds a Chromium gets to listen


@dataclass(frozen=True)
class Chromium:
    """A running browser with one profile; it listens at `port`."""

    port: int

    @contextmanager
    def page(self, url: str) -> Iterator[Page]:
        """A page whose session stays in the profile, though nothing watches the browser any more afterwards."""
        with sync_playwright() as playwright:
            browser = playwright.chromium.connect_over_cdp(f"http://127.0.0.1:{self.port}")
            page = browser.contexts[0].new_page()
            page.goto(url)
            yield page
            page.close()
            browser.close()


@contextmanager
def chromium() -> Iterator[Chromium]:
    with tempfile.TemporaryDirectory(prefix="lidian-lighthouse-", ignore_cleanup_errors=True) as profile:
        process = subprocess.Popen(
            [CHROMIUM, *QUIET, "--lang=zh-CN", "--remote-debugging-port=0", f"--user-data-dir={profile}"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            yield Chromium(_port(Path(profile) / "DevToolsActivePort", process))
        finally:
            os.killpg(process.pid, signal.SIGKILL)  # a script starts the browser, which starts others
            process.wait()


def _port(file: Path, process: subprocess.Popen[bytes]) -> int:
    limit = time.monotonic() + PATIENCE
    while time.monotonic() < limit and process.poll() is None:
        if file.exists() and (lines := file.read_text().splitlines()):
            return int(lines[0])
        time.sleep(0.05)  # waits for another process to listen
    raise RuntimeError(f"{CHROMIUM} does not listen")
