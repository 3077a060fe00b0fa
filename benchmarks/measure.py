"""Runs cases: both sides in turns, so that what else the machine does falls on both."""

import logging
import os
import time
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection

from benchmarks import cpu, statements
from benchmarks.cases import Case, Writer
from benchmarks.clients import Client, Clients, Measured
from benchmarks.installation import Installation
from benchmarks.population import Population

CLIENTS = 8
ROUNDS = 2
WARM = 3  # requests of each client that do not count
COUNTED = 3  # people for counting statements
ENOUGH = 10**9

logger = logging.getLogger(__name__)


@dataclass
class Side:
    """The real or the bare view of a case."""

    clients: Clients
    measured: Measured
    cpu: float = 0.0

    def ms(self, requests: int) -> float:
        return 1000 * self.cpu * requests / self.measured.count if self.measured.count else 0.0


@dataclass(frozen=True)
class Row:
    """One line of the table. None: not measured. Milliseconds are CPU time unless they say p50 or p95."""

    name: str
    aim_ms: float | None
    ms: float | None
    aim_statements: int | None = None
    statements: int | None = None
    per_second: float | None = None
    p50: float | None = None
    p95: float | None = None
    bare_ms: float | None = None
    bare_statements: int | None = None
    failed: str = ""


@dataclass(frozen=True)
class Spent:
    """CPU seconds until a moment: of everything on the machine, and of our processes."""

    at: float
    everything: float
    ours: dict[int, float]

    def others(self, since: "Spent") -> float:
        """How many cores other programs kept busy since then."""
        theirs = self.everything - since.everything - cpu.between(since.ours, self.ours)
        return max(0.0, theirs / (self.at - since.at))


class Bench:
    """Measures on one installation with one population."""

    def __init__(self, installation: Installation, population: Population, seconds: float) -> None:
        self.installation = installation
        self.population = population
        self.seconds = seconds

    def row(self, case: Case) -> Row:
        try:
            return self._row(case)
        except Exception as error:  # one broken view must not hide the others
            logger.exception("%s", case.name)
            return Row(case.name, case.aim_ms, None, case.aim_statements, failed=str(error)[:200])

    def _row(self, case: Case) -> Row:
        count, bare_count = self._statements(case, case.real), self._statements(case, case.bare)
        real = self._side(case, case.real)
        bare = self._side(case, case.bare) if case.bare else None
        self._in_turns([real, bare] if bare else [real])
        return Row(
            name=case.name,
            aim_ms=case.aim_ms,
            ms=real.ms(case.requests),
            aim_statements=case.aim_statements,
            statements=count,
            per_second=real.measured.count / real.measured.seconds / case.requests,
            p50=real.measured.percentile(50) if case.requests == 1 else None,
            p95=real.measured.percentile(95) if case.requests == 1 else None,
            bare_ms=bare.ms(case.requests) if bare else None,
            bare_statements=bare_count,
        )

    def spent(self) -> Spent:
        return Spent(time.monotonic(), cpu.everything(), cpu.seconds([*self.processes(), os.getpid()]))

    def _in_turns(self, sides: Sequence[Side]) -> None:
        for side in sides:
            side.clients.run(seconds=self.seconds, most=WARM)
        for _ in range(ROUNDS):
            for side in sides:
                self._run(side)
        for side in sides:
            side.clients.close()

    def _statements(self, case: Case, writer: Writer | None) -> int | None:
        if writer is None or case.requests > 1:
            return None
        return len(self.sql(case, writer))

    def sql(self, case: Case, writer: Writer) -> Sequence[str]:
        """What one warm request sends."""
        learners = self.population.take(COUNTED)
        case.prepare(learners)
        return statements.of_last_step(writer(learners), COUNTED)

    def _side(self, case: Case, writer: Writer) -> Side:
        people = case.people + (WARM if case.people > 1 else 0)
        groups = [self.population.take(people) for _ in range(CLIENTS)]
        case.prepare([learner for group in groups for learner in group])
        clients = [Client(self.installation.port, writer(group)) for group in groups]
        return Side(Clients(clients), Measured())

    def _run(self, side: Side) -> None:
        before = cpu.seconds(self.processes())
        measured = side.clients.run(seconds=self.seconds / ROUNDS, most=ENOUGH)
        side.cpu += cpu.between(before, cpu.seconds(self.processes()))
        side.measured += measured

    def processes(self) -> list[int]:
        pids = self.installation.web_processes()
        if connection.vendor == "postgresql" and self.installation.database_is_here():
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )
                pids += [pid for (pid,) in cursor]
        return pids
