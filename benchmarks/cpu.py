"""CPU time of other processes, from /proc."""

import os
from collections.abc import Iterable
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


def seconds(pids: Iterable[int]) -> dict[int, float]:
    """User and system seconds of each process that lives, all its threads together."""
    return {pid: spent for pid in pids if (spent := _spent(pid)) is not None}


def group(leader: int) -> list[int]:
    """The processes of a process group: a server and its workers."""
    found = []
    for entry in Path("/proc").iterdir():
        fields = _fields(int(entry.name)) if entry.name.isdecimal() else None
        if fields and int(fields[2]) == leader:
            found.append(int(entry.name))
    return found


def everything() -> float:
    """Seconds in which any program kept a core busy since the machine started."""
    user, nice, system, _idle, _waiting, *interrupts = _machine()
    return (user + nice + system + sum(interrupts[:3])) / TICKS


def _machine() -> list[int]:
    first = Path("/proc/stat").read_text(encoding="utf-8").partition("\n")[0]
    return [int(field) for field in first.split()[1:]]


def between(before: dict[int, float], after: dict[int, float]) -> float:
    """Seconds spent by all processes; one that appeared in between counts whole."""
    return sum(spent - before.get(pid, 0.0) for pid, spent in after.items())


def _spent(pid: int) -> float | None:
    fields = _fields(pid)
    return (int(fields[11]) + int(fields[12])) / TICKS if fields else None


def _fields(pid: int) -> list[str] | None:
    """What stands after the name: state, parent, group, …; utime and stime are numbers 11 and 12."""
    try:
        text = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
    return text.rpartition(")")[2].split()
