"""What Lighthouse says of a page, asked of one Node process that stays."""

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SCRIPT = Path(__file__).with_name("measure.mjs")
CATEGORIES = ("性能", "无障碍", "最佳实践")
LEAST = (95, 100, 100)  # points of 100
TRIES = 3  # a busy machine makes a page slow, never quick: the best of so many runs counts


@dataclass(frozen=True)
class Report:
    """Points of a page, and what took some away, in the order of CATEGORIES."""

    scores: tuple[int, ...]
    faults: tuple[tuple[str, ...], ...]

    @property
    def slow(self) -> bool:
        return self.scores[0] < LEAST[0]

    def complaints(self) -> list[str]:
        """Only of categories that miss their aim."""
        triples = zip(self.scores, LEAST, self.faults, strict=True)
        return [fault for score, least, faults in triples if score < least for fault in faults]

    @property
    def passed(self) -> bool:
        return all(score >= least for score, least in zip(self.scores, LEAST, strict=True))


class Unseen(Exception):
    """The page could not be measured as it is."""


@dataclass(frozen=True)
class Lighthouse:
    process: subprocess.Popen[str]

    def report(self, address: str) -> Report:
        """The best of a few runs, but of one where that is good enough. Raises Unseen when none of them succeeds."""
        reports = []
        for left in reversed(range(TRIES)):
            try:
                reports.append(self._run(address))
            except Unseen:
                if not (left or reports):
                    raise
            if reports and not reports[-1].slow:
                break
        return max(reports, key=lambda report: report.scores[0])

    def _run(self, address: str) -> Report:
        said = self._ask(address)
        if "error" in said:
            raise Unseen(f"{address}: {said['error']}")
        return Report(tuple(said["scores"]), tuple(tuple(faults) for faults in said["faults"]))

    def _ask(self, address: str) -> dict[str, Any]:
        assert self.process.stdin and self.process.stdout
        self.process.stdin.write(address + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        if not answer:
            raise Unseen(f"{address}: Lighthouse ended")
        said: dict[str, Any] = json.loads(answer)
        return said


@contextmanager
def lighthouse(port: int) -> Iterator[Lighthouse]:
    """Measures in the browser that listens at `port`."""
    command = ["node", str(SCRIPT), str(port)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        yield Lighthouse(process)
    finally:
        process.kill()
        process.communicate()
