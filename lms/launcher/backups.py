"""One file that holds everything of a one-machine installation, and the way back."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tarfile
import tempfile
from contextlib import closing
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from .console import give_up, say
from .paths import BACKUPS, BEAT, DATABASE, LOCK, LOGS, PREPARED, QUEUE
from .state import forget_prepared, held

# Made again from the rest, or about one running copy only.
LEFT_OUT = {BACKUPS, LOGS, LOCK, PREPARED, "static", "fonts"}
RUNNING = "砺电学堂正在使用 {data}（进程 {pid}），请先停止再恢复"


def stamp() -> str:
    return datetime.now().astimezone().strftime("%Y%m%d-%H%M%S")


def external_database() -> bool:
    return bool(os.environ.get("DATABASE_URL")) and not os.environ["DATABASE_URL"].startswith("sqlite")


def belongs(path: Path) -> bool:
    """Whether a thing directly in the data folder goes into a backup."""
    return path.name not in LEFT_OUT and not path.name.startswith((QUEUE, BEAT, DATABASE, "."))


def copy_database(source: Path, target: Path) -> None:
    """A consistent copy through SQLite itself, also while others write."""
    with closing(sqlite3.connect(source)) as live, closing(sqlite3.connect(target)) as copy:
        live.backup(copy)


def backup(data: Path, file: Path | None = None) -> Path:
    """Writes database, uploads and keys of `data` into `file` (default: a dated one in its backups folder)."""
    file = file or data / BACKUPS / f"lidian-{stamp()}.tar.gz"
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_name(file.name + ".part")
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as raw:
        pack(data, raw)
        raw.flush()
        os.fsync(raw.fileno())
    part.replace(file)
    return file


def pack(data: Path, target: BinaryIO) -> None:
    """The database first: an upload that arrives meanwhile is then one file too many, never one too few."""
    with (
        tempfile.TemporaryDirectory(dir=data, prefix=".backup-") as folder,
        tarfile.open(fileobj=target, mode="w:gz", compresslevel=6) as archive,
    ):
        if (data / DATABASE).exists() and not external_database():
            copy_database(data / DATABASE, Path(folder) / DATABASE)
            archive.add(Path(folder) / DATABASE, DATABASE)
        for path in sorted(filter(belongs, data.iterdir())):
            archive.add(path, path.name)


def stays_inside(member: tarfile.TarInfo) -> bool:
    """Plain files and folders below the target only; early 3.11 has no tarfile filter that says this."""
    path = PurePosixPath(member.name)
    return (member.isfile() or member.isdir()) and not path.is_absolute() and ".." not in path.parts


def unpack(file: Path, folder: Path) -> None:
    """Unpacks and checks a backup; ends with a sentence when it is none."""
    try:
        with tarfile.open(file, "r:gz") as archive:
            archive.extractall(folder, [member for member in archive if stays_inside(member)])
    except (OSError, tarfile.TarError, EOFError) as error:
        give_up(f"无法读取备份 {file}：{error}")
    if external_database():
        return
    if not (folder / DATABASE).exists():
        give_up(f"{file} 不是砺电学堂的备份：其中没有 {DATABASE}")
    try:
        with closing(sqlite3.connect(folder / DATABASE)) as database:
            sound = database.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    except sqlite3.DatabaseError:
        sound = False
    if not sound:
        give_up(f"备份 {file} 中的数据库已损坏，未做任何改动")


def restore(data: Path, file: Path) -> Path:
    """Replaces what is in `data` by the backup and returns the folder that keeps what was there."""
    with held(data, RUNNING):
        (data / BACKUPS).mkdir(exist_ok=True)
        with tempfile.TemporaryDirectory(dir=data, prefix=".restore-") as name:
            fresh = Path(name)
            unpack(file, fresh)
            aside = data / BACKUPS / f"before-restore-{stamp()}"
            aside.mkdir()
            database = sorted(data.glob(f"{DATABASE}*"))
            for path in [*database, *filter(belongs, sorted(data.iterdir()))]:
                shutil.move(path, aside / path.name)
            for path in sorted(fresh.iterdir()):
                shutil.move(path, data / path.name)
        forget_prepared(data)
    return aside


def backup_command(data: Path, file: Path | None) -> None:
    if not data.is_dir():
        give_up(f"没有找到数据文件夹 {data}")
    written = backup(data, file)
    say(f"已备份到 {written} · {written.stat().st_size / 1_000_000:.1f} MB")
    if external_database():
        say("数据库在 PostgreSQL 中，不在此文件内，请用 pg_dump 另行备份")


def restore_command(data: Path, file: Path) -> None:
    aside = restore(data, file)
    say(f"已恢复 {file}")
    say(f"原来的数据保留在 {aside}")
    say("下次 bin/run 会自动升级到当前版本")
