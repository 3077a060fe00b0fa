"""bin/backup and bin/restore: everything that cannot be made again, and never a half-way state."""

import io
import os
import sqlite3
import tarfile
from contextlib import closing
from pathlib import Path

import pytest

from lms.launcher import state
from lms.launcher.backups import RUNNING, backup, restore
from lms.launcher.paths import BACKUPS, DATABASE, PREPARED

from .conftest import stored, write


def test_a_backup_holds_database_uploads_and_key_but_nothing_that_is_made_again(data: Path) -> None:
    with tarfile.open(backup(data)) as archive:
        files = {member.name for member in archive if member.isfile()}
    assert files == {DATABASE, "media/photos/pole.jpg", "secret_key"}


def test_a_backup_can_be_read_by_its_owner_only(data: Path) -> None:
    assert backup(data).stat().st_mode & 0o077 == 0


def test_a_backup_taken_while_somebody_writes_holds_what_was_committed(data: Path) -> None:
    with closing(sqlite3.connect(data / DATABASE, isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("UPDATE fact SET text = 'not committed'")
        file = backup(data)
        writer.execute("ROLLBACK")
    restore(data, file)
    assert stored(data / DATABASE) == "before"


def test_restoring_brings_back_database_and_uploads(data: Path) -> None:
    file = backup(data)
    write(data / DATABASE, "after")
    (data / "media/photos/pole.jpg").unlink()
    restore(data, file)
    assert stored(data / DATABASE) == "before"
    assert (data / "media/photos/pole.jpg").read_bytes() == b"picture"


def test_restoring_keeps_what_was_there_aside(data: Path) -> None:
    file = backup(data)
    write(data / DATABASE, "after")
    aside = restore(data, file)
    assert aside.parent == data / BACKUPS
    assert stored(aside / DATABASE) == "after"


def test_the_next_start_after_restoring_prepares_the_data_again(data: Path) -> None:
    restore(data, backup(data))
    assert not (data / PREPARED).exists()


def test_restoring_refuses_while_the_platform_runs(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = backup(data)
    with state.held(data, RUNNING), pytest.raises(SystemExit):
        restore(data, file)
    assert f"砺电学堂正在使用 {data}（进程 {os.getpid()}），请先停止再恢复" in capsys.readouterr().err


@pytest.mark.parametrize(
    "content",
    [b"", b"not an archive", pytest.param({"other.txt": b"x"}, id="no database"), {DATABASE: b"no database at all"}],
)
def test_restoring_something_that_is_no_backup_changes_nothing(data: Path, content: bytes | dict[str, bytes]) -> None:
    file = data.parent / "wrong.tar.gz"
    file.write_bytes(content if isinstance(content, bytes) else archive(content))
    with pytest.raises(SystemExit):
        restore(data, file)
    assert stored(data / DATABASE) == "before"
    assert [path.name for path in (data / BACKUPS).iterdir()] == []


def test_an_archive_cannot_write_outside_the_folder(data: Path) -> None:
    good = backup(data)
    with tarfile.open(good) as source:
        database = source.extractfile(DATABASE)
        assert database is not None
        file = data.parent / "evil.tar.gz"
        file.write_bytes(archive({DATABASE: database.read(), "../escaped": b"x", "/tmp/escaped-lidian": b"x"}))
    restore(data, file)
    assert not (data / "escaped").exists()
    assert not (data.parent / "escaped").exists()
    assert not Path("/tmp/escaped-lidian").exists()


def archive(files: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w:gz") as written:
        for name, content in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            written.addfile(member, io.BytesIO(content))
    return target.getvalue()
