"""The folder of all state: one running copy at a time, and whether it fits the code."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .console import give_up
from .paths import LOCK, PREPARED, ROOT

APPS = ("lms", "courses", "exams", "certificates", "cms")


@contextmanager
def held(data: Path, busy: str) -> Iterator[None]:
    """Holds the folder until the end of the block; ends with the sentence `busy` when somebody else does.

    The lock is the operating system's: it is gone when its holder dies, however it dies.
    """
    try:
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = (data / LOCK).open("a+")
    except OSError as error:
        give_up(f"无法写入数据文件夹 {data}（{error.strerror}），请用 LIDIAN_DATA 指定可写的文件夹")
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            give_up(busy.format(data=data, pid=lock.read().strip() or "?"))
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield
        lock.truncate(0)


def fingerprint() -> str:
    """Changes with everything that prepares a database or the static files: migrations, packages, static, locale."""
    digest = hashlib.sha256((ROOT / "requirements.txt").read_bytes())
    for app in APPS:
        for path in sorted((ROOT / app).rglob("migrations/*.py")):
            digest.update(path.name.encode() + path.read_bytes())
    for path in sorted((ROOT / "static").rglob("*")):
        seen = path.stat()
        digest.update(f"{path}{seen.st_size}{seen.st_mtime_ns}".encode())
    return digest.hexdigest()


def target() -> str:
    """Which database the preparation was for, without keeping its password."""
    return hashlib.sha256(os.environ.get("DATABASE_URL", "").encode()).hexdigest()


def prepared(data: Path, demo: bool) -> bool:
    """Whether this folder was prepared by exactly this code, for this database, with or without the demo company."""
    try:
        note = json.loads((data / PREPARED).read_text())
    except (OSError, ValueError):
        return False
    return bool(note == _note(demo))


def remember_prepared(data: Path, demo: bool) -> None:
    (data / PREPARED).write_text(json.dumps(_note(demo)))


def forget_prepared(data: Path) -> None:
    (data / PREPARED).unlink(missing_ok=True)


def _note(demo: bool) -> dict[str, object]:
    return {"code": fingerprint(), "database": target(), "demo": demo, "root": str(ROOT)}
