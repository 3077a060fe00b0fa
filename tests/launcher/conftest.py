"""A folder of state as bin/run leaves it, without starting anything."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from lms.launcher.paths import BACKUPS, DATABASE, LOGS, PREPARED, QUEUE


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    folder = tmp_path / "data"
    for name in ("media/photos", "static", "fonts", LOGS, BACKUPS):
        (folder / name).mkdir(parents=True)
    (folder / "media/photos/pole.jpg").write_bytes(b"picture")
    (folder / "secret_key").write_text("key")
    (folder / "static/base.css").write_text("made again")
    (folder / "fonts/NotoSansSC-400.ttf").write_text("unpacked again")
    (folder / PREPARED).write_text("{}")
    (folder / QUEUE).write_text("may be lost")
    write(folder / DATABASE, "before")
    return folder


def write(database: Path, text: str) -> None:
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("CREATE TABLE IF NOT EXISTS fact (text)")
        connection.execute("DELETE FROM fact")
        connection.execute("INSERT INTO fact VALUES (?)", [text])


def stored(database: Path) -> str:
    with closing(sqlite3.connect(database)) as connection:
        return str(connection.execute("SELECT text FROM fact").fetchone()[0])
