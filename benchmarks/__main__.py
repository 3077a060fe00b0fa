"""bin/benchmark: build a platform, measure it, print the table, remove it."""

import argparse
import logging
import os
import time

import django

from benchmarks.installation import Installation, reachable_server


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bin/benchmark", description="CPU time and statements per request")
    parser.add_argument("--sqlite", action="store_true", help="measure on SQLite, also where PostgreSQL answers")
    parser.add_argument("--seconds", type=float, default=3.0, help="how long each view is asked (default: 3)")
    parser.add_argument("--only", default="", help="only operations whose name contains this")
    parser.add_argument("--sql", action="store_true", help="print the statements of both views instead of measuring")
    parser.add_argument("--million", action="store_true", help="only managers' views, of 1,000,000 people")
    parser.add_argument("--storms", action="store_true", help="only storms of takers, and how many a core carries")
    parser.add_argument("--write-docs", action="store_true", help="write the table into docs/benchmarks.md")
    return parser.parse_args()


def main() -> None:
    options = arguments()
    logging.basicConfig(level=logging.WARNING)
    begun = time.monotonic()
    installation = Installation("" if options.sqlite else reachable_server())
    try:
        say(f"building a platform on {installation.kind} …")
        installation.prepare(demo=not options.storms)
        os.environ.update(installation.environment())
        if options.million:
            os.environ.update({"LIDIAN_BENCH_CROWD": "1000000", "LIDIAN_BENCH_COURSES": "5"})
        django.setup()
        from benchmarks.report import report  # needs Django, which needs the folder

        text = report(installation, options, say)
    finally:
        installation.remove()
    print(text)
    say(f"{time.monotonic() - begun:.0f} seconds")


def say(text: str) -> None:
    print(text, flush=True)


if __name__ == "__main__":
    main()
