"""Keeps web server, worker and beat running: starts them, restarts what dies, ends them together."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import time
from collections.abc import Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from . import processes
from .console import say
from .paths import BEAT

PATIENCE = 12  # seconds for everyone to finish what they are doing
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0  # seconds before a restart, doubled each time
HEALTHY = 60  # seconds of life after which a death counts as the first one again
HOUSEKEEPING = 30  # seconds between two looks at the queue and the logs
LOG_LIMIT = 20_000_000  # bytes; the older half is dropped


@dataclass
class Program:
    """One program that must run: what people call it, and how it is started."""

    name: str
    title: str
    command: Sequence[str | Path]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0
    deaths: int = 0
    due: float = 0

    def pause(self) -> float:
        return min(FIRST_PAUSE * 2 ** (self.deaths - 1), LONGEST_PAUSE)


class Supervisor:
    def __init__(self, logs: Path, env: Mapping[str, str], cwd: Path) -> None:
        self.logs, self.env, self.cwd = logs, env, cwd
        self.programs: list[Program] = []

    def add(self, program: Program) -> None:
        self.programs.append(program)
        self._start(program)

    def _start(self, program: Program) -> None:
        with self.log(program).open("ab") as output:
            program.process = processes.start(program.command, env=self.env, cwd=self.cwd, output=output)
        program.started = time.monotonic()

    def log(self, program: Program) -> Path:
        self.logs.mkdir(parents=True, exist_ok=True)
        return self.logs / f"{program.name}.log"

    def look(self) -> None:
        """Notices deaths and starts again what is due; to be called every few tenths of a second."""
        for program in self.programs:
            if program.process is not None and program.process.poll() is not None:
                self._bury(program)
            if program.process is None and time.monotonic() >= program.due:
                self._start(program)

    def _bury(self, program: Program) -> None:
        assert program.process is not None
        status = program.process.returncode
        processes.signal_group(program.process, signal.SIGKILL)  # its own children hold port and files
        program.deaths = 1 if time.monotonic() - program.started > HEALTHY else program.deaths + 1
        program.due = time.monotonic() + program.pause()
        program.process = None
        say(f"{program.title}意外退出（{status}），{program.pause():g} 秒后重新启动 · 日志 {self.log(program)}")

    def end(self) -> None:
        processes.end([program.process for program in self.programs if program.process], PATIENCE)


def empty_queue(queue: Path) -> None:
    """The embedded queue may lose everything: after a start nothing old is wanted, so it is emptied."""
    if not queue.exists():
        return
    try:
        with closing(sqlite3.connect(queue)) as database, database:
            database.execute("DELETE FROM kombu_message")
    except sqlite3.DatabaseError:
        for path in queue.parent.glob(f"{queue.name}*"):
            path.unlink()


def forget_beat(data: Path) -> None:
    """Beat's note of what ran last; a stop without farewell leaves it unreadable, and nothing needs it."""
    for path in data.glob(f"{BEAT}*"):
        path.unlink()


def sweep_queue(queue: Path) -> None:
    """Delivered messages stay in the embedded queue as invisible rows; it would grow for ever."""
    if queue.exists():
        with suppress(sqlite3.OperationalError), closing(sqlite3.connect(queue, timeout=2)) as database, database:
            database.execute("DELETE FROM kombu_message WHERE visible = 0")


def trim_log(log: Path) -> None:
    """Drops the older half of a log that grew too long; its writer appends, so it goes on after the rest."""
    if log.stat().st_size > LOG_LIMIT:
        kept = log.read_bytes()[-LOG_LIMIT // 2 :]
        os.truncate(log, 0)
        with log.open("ab") as file:
            file.write(kept)


def keep_house(logs: Path, queue: Path) -> None:
    sweep_queue(queue)
    for log in logs.glob("*.log"):
        trim_log(log)
