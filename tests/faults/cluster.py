"""A PostgreSQL of our own that may be killed: data in a folder of its own, on a port of its own."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import psycopg

from tests.journeys.stack import PATIENCE, free_port

BINARIES = ("initdb", "postgres")
DURABLE = ("fsync=on", "synchronous_commit=on", "full_page_writes=on")
PLACES = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda each: float(each.parent.name), reverse=True)


def binary(name: str) -> str:
    """Where a program of PostgreSQL is; "" when it is not installed here."""
    return shutil.which(name, path=os.pathsep.join([*map(str, PLACES), os.environ.get("PATH", "")])) or ""


def why_not() -> str:
    """Why there can be no cluster on this machine; "" when there can."""
    absent = [name for name in BINARIES if not binary(name)]
    if absent:
        return f"PostgreSQL's own programs are not installed here: {', '.join(absent)}"
    if os.name != "posix" or not Path("/proc/self/stat").exists():
        return "killing every process of a server needs /proc"
    return "" if os.geteuid() or _other_user() else "PostgreSQL does not run as root, and there is no other user here"


def _other_user() -> str:
    """Whom PostgreSQL runs as when we are root, as which it refuses to run."""
    known = {one.pw_name for one in pwd.getpwall()}
    return next((name for name in ("postgres", "nobody") if name in known), "")


class Cluster:
    """Started by `start`, killed by `kill` as a power cut would, gone after `remove`."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="lidian-faults-pg-"))
        self.port = free_port()
        self.server: subprocess.Popen[bytes] | None = None
        self.as_user: dict[str, Any] = {}
        if not os.geteuid():
            user = pwd.getpwnam(_other_user())
            os.chown(self.folder, user.pw_uid, user.pw_gid)
            self.as_user = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
        order = [binary("initdb"), "--pgdata", self._data, "--auth", "trust", "--username", "postgres", "--no-sync"]
        done = subprocess.run(
            [*order, "--encoding", "UTF8", "--locale", "C"],
            cwd=self.folder, capture_output=True, text=True, check=False, **self.as_user,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr

    @property
    def url(self) -> str:
        return f"postgres://postgres@127.0.0.1:{self.port}/lidian_faults"

    def start(self) -> None:
        order = [binary("postgres"), "-D", self._data, "-p", str(self.port), "-h", "127.0.0.1", "-k", ""]
        settings = [part for one in DURABLE for part in ("-c", one)]
        with (self.folder / "server.log").open("ab") as log:
            self.server = subprocess.Popen(
                [*order, *settings], cwd=self.folder, stdout=log, stderr=log, start_new_session=True, **self.as_user
            )
        self._until_it_answers()

    def kill(self) -> None:
        """kill -9 of the postmaster and of every backend: they are process groups of their own."""
        assert self.server
        all_of_it = [self.server.pid, *_children(self.server.pid)]
        for pid in all_of_it:
            _kill(pid)
        self.server.wait()
        limit = time.monotonic() + PATIENCE
        while any(map(_lives, all_of_it)):
            assert time.monotonic() < limit, "a killed process of PostgreSQL does not end"
            time.sleep(0.01)  # waits for the kernel; before that the lock file is said to be held
        self.server = None

    def remove(self) -> None:
        if self.server:
            self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def _data(self) -> str:
        return str(self.folder / "data")

    def _until_it_answers(self) -> None:
        limit = time.monotonic() + PATIENCE
        while True:
            try:
                psycopg.connect(f"postgres://postgres@127.0.0.1:{self.port}/postgres", connect_timeout=5).close()
                return
            except psycopg.OperationalError:
                assert self.server and self.server.poll() is None and time.monotonic() < limit, self._log()
                time.sleep(0.05)  # waits for another process, which reads its log first

    def _log(self) -> str:
        return (self.folder / "server.log").read_text(errors="replace")[-3000:]


def _children(parent: int) -> list[int]:
    found = []
    for entry in Path("/proc").iterdir():
        fields = _fields(int(entry.name)) if entry.name.isdecimal() else None
        if fields and int(fields[1]) == parent:
            found.append(int(entry.name))
    return found


def _lives(pid: int) -> bool:
    fields = _fields(pid)
    return bool(fields) and fields[0] != "Z"


def _fields(pid: int) -> list[str]:
    """State, parent, … of a process; nothing when it is gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(errors="replace").rpartition(")")[2].split()
    except OSError:
        return []


def _kill(pid: int) -> None:
    with suppress(ProcessLookupError):  # a backend that had just ended
        os.kill(pid, signal.SIGKILL)
