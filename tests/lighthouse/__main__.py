"""`python -m tests.lighthouse`: what Lighthouse says of our screens on a phone, on the running platform.

Ends with 1 when a screen misses what design promises. bin/test calls it when nothing else runs.
"""

import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

from tests.lighthouse.chromium import chromium
from tests.lighthouse.installation import Platform
from tests.lighthouse.lighthouse import CATEGORIES, LEAST, Report, lighthouse
from tests.lighthouse.walks import walks


def reports(platform: Platform) -> Iterator[tuple[str, Report]]:
    """Screen by screen, as they are measured."""
    with ExitStack() as running:
        browser = running.enter_context(chromium())
        judge = running.enter_context(lighthouse(browser.port))
        for walk in walks(holder=platform.print_certificate()):
            with browser.page(f"{platform.url}/accounts/login/") as page:
                screens = walk.screens(page)
            yield from ((name, judge.report(address)) for name, address in screens.items())


def row(scores: tuple[int, ...], name: str) -> str:
    return "".join(f"{score:>6}" for score in scores) + f"  {name}"


def measure(platform: Platform) -> bool:
    """Prints the table; whether every screen passed."""
    print("、".join(CATEGORIES))
    passed = True
    for name, report in reports(platform):
        print(row(report.scores, name))
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
