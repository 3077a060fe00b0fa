"""The section of docs/benchmarks.md about storms."""

import os
from collections.abc import Sequence

from benchmarks import storm
from benchmarks.document import STORMS
from benchmarks.installation import WORKERS, Installation

SECTION = """{heading}
Written by `bin/benchmark --storms --write-docs` on {cores} cores that also ran the takers and the database:
{database}, granian with {workers} workers. Meanwhile other programs kept {busy:.1f} cores busy. Milliseconds count
from the moment a request was due, so that waiting counts. {takers} takers start an exam of {questions} questions
within {start:.0f} seconds and then answer every {every:.0f} seconds; they hand in within {submit:.0f} seconds while
{takers} others go on answering every {every:.0f} seconds.

{lines}

Aim: an answer within {limit:.0f} ms (p95) in both storms, and nothing wrong. {verdict}

**Capacity.** More and more answers a second, {step:.0f} seconds each, until the p95 exceeds {limit:.0f} ms or
something fails; *takers* is how many answer every {every:.0f} seconds at that rate.
{capacity}

{steps}
"""


def section(found: storm.Found, installation: Installation, busy: float) -> str:
    return SECTION.format(
        heading=STORMS.rstrip("\n") + "\n",
        cores=os.cpu_count(),
        database=installation.kind,
        workers=WORKERS,
        busy=busy,
        takers=storm.TAKERS,
        questions=storm.QUESTIONS,
        start=storm.START_SECONDS,
        every=storm.EVERY,
        submit=storm.SUBMIT_SECONDS,
        limit=storm.LIMIT_MS,
        step=storm.STEP,
        lines=_lines(found.lines),
        verdict=_verdict(found),
        capacity=_capacity(found.steps),
        steps=_steps(found.steps),
    )


def _verdict(found: storm.Found) -> str:
    if not found.wrong:
        return f"All {found.receipts:,} receipts were found in the database, and every score could be made anew."
    return "\n".join([f"Wrong: {len(found.wrong)}, among them", "", *(f"- {each}" for each in found.wrong[:5])])


def _capacity(steps: Sequence[storm.Step]) -> str:
    """What one core carries follows from the CPU time of an answer where the machine was busiest and still held."""
    held = [step for step in steps if step.holds]
    if not held:
        return "None of the rates held."
    best = held[-1]
    each = 1000 / best.cpu_ms
    return (
        f"This machine carried {best.rate} answers a second, {best.rate * storm.EVERY:,.0f} takers; one core of\n"
        f"server and database carries {each:.0f} answers a second, {each * storm.EVERY:,.0f} takers."
    )


def _lines(lines: Sequence[storm.Line]) -> str:
    rows = [(each.name, f"{each.count}", *_ms(each.p50, each.p95, each.p99, each.worst)) for each in lines]
    return _table(("", "requests", "p50 ms", "p95 ms", "p99 ms", "worst ms"), rows)


def _steps(steps: Sequence[storm.Step]) -> str:
    rows = [
        (
            f"{each.rate}",
            f"{each.rate * storm.EVERY:,.0f}",
            *_ms(each.p50, each.p95, each.p99),
            f"{each.cpu_ms:.1f}",
            f"{each.cores:.2f}",
            f"{each.wrong}",
        )
        for each in steps
    ]
    return _table(("answers/s", "takers", "p50 ms", "p95 ms", "p99 ms", "CPU ms each", "cores busy", "failed"), rows)


def _ms(*figures: float) -> Sequence[str]:
    return [f"{figure:.0f}" for figure in figures]


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    widths = [max(len(line[column]) for line in (head, *rows)) for column in range(len(head))]
    rule = "|" + "|".join("-" * (width + 1) + ("-" if place == 0 else ":") for place, width in enumerate(widths)) + "|"
    return "\n".join([_row(head, widths), rule, *(_row(each, widths) for each in rows)])


def _row(cells: Sequence[str], widths: Sequence[int]) -> str:
    pairs = enumerate(zip(cells, widths, strict=True))
    padded = [cell.rjust(width) if place else cell.ljust(width) for place, (cell, width) in pairs]
    return "| " + " | ".join(padded) + " |"
