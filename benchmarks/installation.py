"""A platform of our own to measure: folder, database, demo company, web server. Nothing of it stays."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

from benchmarks import cpu

ROOT = Path(__file__).resolve().parents[1]
SERVER = "postgres://postgres@127.0.0.1:5432/lidian_bench"
WORKERS = 2
PATIENCE = 60.0  # seconds the web server gets to answer


def reachable_server() -> str:
    """The address of our database on PostgreSQL (TEST_DATABASE_URL names another server); nothing if none answers."""
    url = os.environ.get("TEST_DATABASE_URL") or SERVER
    url = urlsplit(url)._replace(path="/lidian_bench").geturl()
    try:
        _server(url).close()
    except psycopg.OperationalError:
        return ""
    return url


def _server(url: str) -> psycopg.Connection:
    return psycopg.connect(urlsplit(url)._replace(path="/postgres").geturl(), autocommit=True, connect_timeout=5)


@dataclass
class Installation:
    """`database_url` empty: SQLite."""

    database_url: str
    folder: Path = field(default_factory=lambda: Path(tempfile.mkdtemp(prefix="lidian-bench-")))
    port: int = 0
    web: subprocess.Popen[bytes] | None = None

    @property
    def kind(self) -> str:
        return "PostgreSQL" if self.database_url else "SQLite"

    def environment(self) -> dict[str, str]:
        database = self.database_url or f"sqlite:///{self.folder / 'lidian.sqlite3'}"
        return {
            "LIDIAN_DATA": str(self.folder),
            "LIDIAN_DEMO": "1",
            "DATABASE_URL": database,
            "CELERY_BROKER_URL": "memory://",
            "CACHE_URL": "locmemcache://",
            "DJANGO_SETTINGS_MODULE": "benchmarks.settings",
            "PYTHONPATH": str(ROOT),
        }

    def prepare(self, *, demo: bool = True) -> None:
        """Migrate an empty database and fill it with the demo company, where that is wanted."""
        if self.database_url:
            self._create_database()
        for command in (["migrate", "--verbosity=0"], ["demo", "--months", "3"])[: 1 + demo]:
            subprocess.run(
                [sys.executable, "manage.py", *command],
                cwd=ROOT,
                env={**os.environ, **self.environment()},
                check=True,
                stdout=subprocess.DEVNULL,
            )

    def start(self) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        command = [
            *("granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(self.port)),
            *("--workers", str(WORKERS), "--blocking-threads", "16", "--no-ws", "--log-level", "warning"),
            "benchmarks.wsgi:application",
        ]
        with (self.folder / "web.log").open("ab") as log:
            self.web = subprocess.Popen(
                [sys.executable, "-m", *command],
                cwd=ROOT,
                env={**os.environ, **self.environment()},
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self._until_it_answers()

    def web_processes(self) -> list[int]:
        return cpu.group(self.web.pid) if self.web else []

    def database_is_here(self) -> bool:
        """Whether the database's processes are on this machine, so that their CPU time can be read."""
        return (urlsplit(self.database_url).hostname or "") in ("127.0.0.1", "localhost", "::1")

    def remove(self) -> None:
        if self.web:
            os.killpg(self.web.pid, signal.SIGKILL)
            self.web.wait()
        if self.database_url:
            with _server(self.database_url) as server:
                server.execute(f'DROP DATABASE IF EXISTS "{self._name}" WITH (FORCE)')
        shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def _name(self) -> str:
        return urlsplit(self.database_url).path.lstrip("/")

    def _create_database(self) -> None:
        with _server(self.database_url) as server:
            for order in (
                f'DROP DATABASE IF EXISTS "{self._name}" WITH (FORCE)',
                f'CREATE DATABASE "{self._name}"',
                # a statement's helpers are processes whose time nobody could find afterwards
                f'ALTER DATABASE "{self._name}" SET max_parallel_workers_per_gather = 0',
            ):
                server.execute(order)

    def _until_it_answers(self) -> None:
        limit = time.monotonic() + PATIENCE
        while time.monotonic() < limit:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{self.port}/accounts/login/", timeout=5).close()
                return
            except urllib.error.HTTPError as error:
                raise RuntimeError(f"the web server answers {error.code}:\n{self._log()}") from error
            except OSError:
                time.sleep(0.1)
        raise RuntimeError(f"the web server does not answer:\n{self._log()}")

    def _log(self) -> str:
        return (self.folder / "web.log").read_text(errors="replace")[-3000:]
