"""`bin/faults`: kill -9 of web, database and worker while takers answer; every receipt is compared with the database.

Ends with 1 when an acknowledged answer is missing or anything else is wrong. The short form of it is in bin/test.
"""

import argparse
import json
import os
import sys
import tempfile
import time
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from random import Random
from threading import Thread

from tests.faults.cluster import Cluster, why_not
from tests.faults.killer import Killer
from tests.journeys.stack import Stack, recreate
from tests.takers import Taker

PATIENCE = 300.0  # seconds the worker gets to deliver what is left
UNUSABLE = 2


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bin/faults", description=__doc__)
    parser.add_argument("--takers", type=int, default=50)
    parser.add_argument("--questions", type=int, default=40)
    parser.add_argument("--receipts", type=int, default=20_000, help="how many answers are acknowledged in all")
    parser.add_argument("--kills", type=int, default=30, help="how often something is killed")
    parser.add_argument("--seed", type=int, default=1, help="how long things stay away")
    parser.add_argument("--json", action="store_true", help="only a line of JSON at the end")
    return parser.parse_args()


@dataclass
class Run:
    """One exam, its takers, and what they do."""

    stack: Stack
    cluster: Cluster
    options: argparse.Namespace

    def prepare(self) -> None:
        self.cluster.start()
        recreate(self.cluster.url)
        self.stack.folder.mkdir(parents=True, exist_ok=True)
        import django

        os.environ.update(self.stack.env)
        django.setup()
        from tests.faults.population import create_tables, exam_and_takers

        create_tables()
        say("tables are there")
        self.exam, self.takers = exam_and_takers(
            self.stack.url, questions=self.options.questions, count=self.options.takers
        )
        self.stack.start()
        say("the platform runs")

    def go(self) -> Killer:
        """Everybody logs in; from the first start to the last hand-in things are killed."""
        from tests.journeys.exam_room import in_parallel

        in_parallel(self.takers, lambda taker: taker.log_in())
        say("everybody is in")
        killer = Killer(self.stack, self.cluster, self.options.kills, self.done, Random(self.options.seed))
        thread = Thread(target=killer.run)
        thread.start()
        try:
            in_parallel(self.takers, self.sit)
        finally:
            killer.stop.set()
            thread.join()
        new_connections()
        say("everybody has handed in")
        if killer.failure:
            raise killer.failure
        return killer

    def done(self) -> float:
        return sum(len(taker.receipts) for taker in self.takers) / self.options.receipts

    def sit(self, taker: Taker) -> None:
        """Answers question after question, round after round, and hands in when all together have enough."""
        taker.start(str(self.exam))
        choices = Random(taker.staff_no)
        for turn in count():
            if self.done() >= 1 and turn >= self.options.questions:
                break
            item = turn % self.options.questions + 1
            taker.answer(item, [choices.randrange(taker.options[item])])
        assert taker.hand_in() == taker.hand_in()

    def wait_for_the_worker(self) -> None:
        from tests.faults import checker

        limit = time.monotonic() + PATIENCE
        while checker.still_under_way() and time.monotonic() < limit:
            time.sleep(0.2)  # another process works


def new_connections() -> None:
    """Ours were killed with the database."""
    from django.db import connection

    connection.close()
    connection.close_pool()  # type: ignore[attr-defined]  # of the backend for PostgreSQL


def say(text: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {text} …", file=sys.stderr, flush=True)


def faults(run: Run) -> list[str]:
    from tests.faults import checker

    checks = (checker.lost, checker.wrong_answers, checker.wrong_results, checker.wrong_effects)
    left = checker.still_under_way()
    found = [fault for check in checks for fault in check(run.takers)]
    return [*found, *([f"{left} announcements are not delivered"] if left else [])]


def main() -> None:
    options = arguments()
    reason = why_not()
    if reason:
        print(reason)
        sys.exit(UNUSABLE)
    begun = time.monotonic()
    cluster = Cluster()
    with tempfile.TemporaryDirectory(prefix="lidian-faults-") as folder:
        stack = Stack(Path(folder) / "data", database_url=cluster.url)
        run = Run(stack, cluster, options)
        try:
            run.prepare()
            killer = run.go()
            run.wait_for_the_worker()
            found = faults(run)
        finally:
            for name in list(stack.running):
                stack.kill(name)
            cluster.remove()
    facts = {
        "receipts": sum(len(taker.receipts) for taker in run.takers),
        "repeated": sum(taker.repeated for taker in run.takers),
        "killed": {name: killer.killed.count(name) for name in ("web", "database", "worker")},
        "seconds": round(time.monotonic() - begun),
        "faults": found,
    }
    print(json.dumps(facts, ensure_ascii=False) if options.json else _told(facts))
    sys.exit(bool(found))


def _told(facts: dict[str, object]) -> str:
    killed = facts["killed"]
    assert isinstance(killed, dict)
    times = ", ".join(f"{name} {number} times" for name, number in killed.items())
    lines = [f"{facts['receipts']} receipts held, {facts['repeated']} requests sent again, {facts['seconds']} seconds",
             f"killed: {times}"]  # fmt: skip
    found = facts["faults"]
    assert isinstance(found, list)
    return "\n".join([*lines, *(found or ["Every receipt is in the database, and every result is right."])])


if __name__ == "__main__":
    main()
