"""`python -m tests.lighthouse`: what Lighthouse says of our screens on a phone, on the running platform.

Ends with 1 when a screen misses what design promises. bin/test calls it when nothing else runs.
"""

import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.lighthouse.chromium import chromium
from tests.lighthouse.installation import Platform
from tests.lighthouse.lighthouse import CATEGORIES, LEAST, Report, lighthouse
from tests.lighthouse.walks import Walk, walks


def seen_on(walk: Walk, url: str) -> list[tuple[str, Report]]:
    with chromium() as browser, lighthouse(browser.port) as judge:
        with browser.page(f"{url}/accounts/login/") as page:
            screens = walk.screens(page)
        return [(name, judge.report(address)) for name, address in screens.items()]


def reports(platform: Platform) -> Iterator[tuple[str, Report]]:
    """Two people at a time: most of the time a page is measured, it waits for nothing more to happen."""
    with ThreadPoolExecutor(2) as together:
        for seen in together.map(lambda walk: seen_on(walk, platform.url), walks(platform.print_certificate())):
            yield from seen


def row(scores: tuple[int, ...], name: str) -> str:
    return "".join(f"{score:>6}" for score in scores) + f"  {name}"


def measure(platform: Platform) -> bool:
    """Prints the table; whether every screen passed."""
    print("、".join(CATEGORIES))
    passed = True
    for name, report in reports(platform):
        print(row(report.scores, name), flush=True)
        for complaint in report.complaints():
            print(f"        {complaint}")
        passed = passed and report.passed
    print(row(LEAST, "不得低于"))
    return passed


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="lidian-lighthouse-") as folder:
        platform = Platform(Path(folder) / "data")
        try:
            platform.prepare()
            platform.start_web()
            passed = measure(platform)
        finally:
            platform.stop()
    sys.exit(not passed)


if __name__ == "__main__":
    main()
