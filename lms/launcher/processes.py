"""Programs we start and never leave behind.

A signal only sets a flag: nothing is ever interrupted between starting a program and remembering it. Each program
leads a process group of its own, which is ended as a whole; on Linux the kernel ends it when we are killed.
"""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import FrameType
from typing import IO

TICK = 0.1  # seconds between two looks at a program and at the flag
PR_SET_PDEATHSIG = 1


class Stop:
    """Whether somebody asked us to stop; asked twice, we stop waiting for anyone."""

    def __init__(self) -> None:
        self.asked = 0

    def listen(self) -> None:
        for name in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(name, self._heard)

    def _heard(self, number: int, frame: FrameType | None) -> None:
        self.asked += 1

    def obey(self) -> None:
        """Ends this program (status 130) when it was asked to; call between two pieces of work."""
        if self.asked:
            raise SystemExit(130)


stop = Stop()


def _libc() -> ctypes.CDLL | None:
    return ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


def start(
    command: Sequence[str | Path],
    *,
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
    output: IO[bytes] | None = None,
) -> subprocess.Popen[bytes]:
    """Starts a program in a process group of its own; `output` takes what it prints, else our terminal does."""
    libc, parent = _libc(), os.getpid()

    def die_with_parent() -> None:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        if libc is not None:
            libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
            if os.getppid() != parent:  # it died before the line above
                os._exit(1)

    return subprocess.Popen(
        [str(part) for part in command],
        env=env,
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT if output else None,
        preexec_fn=die_with_parent,
        start_new_session=True,
    )


def signal_group(process: subprocess.Popen[bytes], number: signal.Signals) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, number)


def end(processes: Sequence[subprocess.Popen[bytes]], patience: float) -> None:
    """Asks all to end, waits at most `patience` seconds, then kills what is left of their groups."""
    for process in processes:
        if process.poll() is None:
            signal_group(process, signal.SIGTERM)
    deadline = time.monotonic() + patience
    while any(process.poll() is None for process in processes) and time.monotonic() < deadline and stop.asked < 2:
        time.sleep(TICK)
    for process in processes:
        signal_group(process, signal.SIGKILL)
        process.wait()


def run(
    command: Sequence[str | Path],
    *,
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
    log: Path | None = None,
    patience: float = 10,
) -> int:
    """Runs a program to its end and returns its status; asked to stop, ends it first (`patience` in seconds)."""
    stop.obey()
    output = log.open("ab") if log else None
    try:
        process = start(command, env=env, cwd=cwd, output=output)
        while process.poll() is None and not stop.asked:
            time.sleep(TICK / 5)
        end([process], patience)
    finally:
        if output:
            output.close()
    stop.obey()
    return process.returncode
