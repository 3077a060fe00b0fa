"""Kills one part after the other while people answer, and starts it again."""

import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import cycle
from random import Random
from threading import Event

from tests.faults.cluster import Cluster
from tests.journeys.stack import Stack

ROUND = (("web",), ("database",), ("worker",), ("web", "database"), ("database", "worker"))
LONGEST_AWAY = 2.0  # seconds a part stays away


@dataclass
class Killer:
    """`done` tells how far the takers are, from 0 to 1: kills fall evenly over all of it."""

    stack: Stack
    cluster: Cluster
    kills: int
    done: Callable[[], float]
    random: Random
    stop: Event = field(default_factory=Event)
    killed: list[str] = field(default_factory=list)
    failure: BaseException | None = None

    def run(self) -> None:
        """For a thread of its own; what goes wrong is in `failure`."""
        try:
            for number, victims in zip(range(1, self.kills + 1), cycle(ROUND), strict=False):
                while self.done() < number / (self.kills + 1):
                    if self.stop.wait(0.02):
                        return
                self.kill(victims)
        except BaseException as error:  # the run that started this thread raises it
            self.failure = error

    def kill(self, victims: Sequence[str]) -> None:
        for victim in victims:
            self.cluster.kill() if victim == "database" else self.stack.kill(victim)
            self.killed.append(victim)
        print(f"{time.strftime('%H:%M:%S')} killed: {', '.join(victims)}", file=sys.stderr, flush=True)
        self.stop.wait(self.random.uniform(0, LONGEST_AWAY))
        for victim in sorted(victims):  # the database first: the web server asks it before it answers
            {"database": self.cluster.start, "web": self.stack.start_web, "worker": self.stack.start_worker}[victim]()
