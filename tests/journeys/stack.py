"""The whole platform as processes: web server, worker and beat over a database of their own."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

from lms.launcher.paths import QUEUE

ROOT = Path(__file__).resolve().parents[2]
PYTHON = sys.executable
MAKE_QUEUE = "import pathlib, sys; from lms.launcher import prepare; prepare.make_queue(pathlib.Path(sys.argv[1]))"
PATIENCE = 60.0  # seconds a process gets to show that it works


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass
class Stack:
    """One installation in `folder`: its clock can be moved, its processes killed and started again."""

    folder: Path
    database_url: str = ""
    redis_url: str = ""
    port: int = field(default_factory=free_port)
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def env(self) -> dict[str, str]:
        named = {"DATABASE_URL": self.database_url, "CELERY_BROKER_URL": self.redis_url, "CACHE_URL": self.redis_url}
        return {
            **{key: value for key, value in os.environ.items() if key not in named},
            **{key: value for key, value in named.items() if value},
            "LIDIAN_DATA": str(self.folder),
            "LIDIAN_DEMO": "1",
            "LIDIAN_SITE_URL": self.url,
            "DJANGO_SETTINGS_MODULE": "tests.journeys.settings",
            "PYTHONPATH": str(ROOT),
        }

    def manage(self, *arguments: str | Path) -> str:
        """Run one command of manage.py to its end; its output."""
        command = [PYTHON, "manage.py", *map(str, arguments)]
        done = subprocess.run(command, cwd=ROOT, env=self.env, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def prepare(self) -> None:
        """An empty database of our own, migrated and filled with the demo company."""
        self.folder.mkdir(parents=True, exist_ok=True)
        if self.database_url:
            recreate(self.database_url)
        self.manage("migrate", "--verbosity=0")
        self.manage("demo", "--months", "3")

    def start(self) -> None:
        self.make_queue()
        self.start_web()
        self.start_worker()
        self.start_beat()

    def make_queue(self) -> None:
        """Before worker and beat start together, as `bin/run` does it."""
        if not self.redis_url:
            subprocess.run([PYTHON, "-c", MAKE_QUEUE, self.folder / QUEUE], cwd=ROOT, env=self.env, check=True)

    def start_web(self) -> None:
        self._launch(
            *("web", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(self.port)),
            *(
                "--workers",
                "1",
                "--blocking-threads",
                "16",
                "--no-ws",
                "--log-level",
                "warning",
                "lms.wsgi:application",
            ),
        )
        self._until_it_answers()

    def start_worker(self) -> None:
        self._launch(
            *("worker", "celery", "-A", "lms.celery", "worker", "--pool", "threads", "--concurrency", "2"),
            *("--without-gossip", "--without-mingle", "--without-heartbeat", "--loglevel", "WARNING"),
        )

    def start_beat(self) -> None:
        self._launch("beat", "celery", "-A", "lms.celery", "beat", "--schedule", self.folder / "beat", "--pidfile=")

    def kill(self, name: str) -> None:
        """kill -9 of the process and all its children, as a power cut would."""
        process = self.running.pop(name)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def stop(self) -> None:
        for name in list(self.running):
            self.kill(name)
        if self.database_url:
            drop(self.database_url)
        shutil.rmtree(self.folder, ignore_errors=True)

    def move_clock(self, seconds: float) -> None:
        """The platform's clock is `seconds` ahead of the real one from now on."""
        part = self.folder / "clock.part"
        part.write_text(str(seconds))
        part.replace(self.folder / "clock")

    def log(self, name: str) -> str:
        return (self.folder / f"{name}.log").read_text(errors="replace")

    def _launch(self, name: str, module: str, *arguments: str | Path) -> None:
        with (self.folder / f"{name}.log").open("ab") as log:
            self.running[name] = subprocess.Popen(
                [PYTHON, "-m", module, *map(str, arguments)],
                cwd=ROOT,
                env=self.env,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def _until_it_answers(self) -> None:
        limit = time.monotonic() + PATIENCE
        while time.monotonic() < limit:
            try:
                urllib.request.urlopen(f"{self.url}/accounts/login/", timeout=5).close()
                return
            except OSError:
                assert self.running["web"].poll() is None, self.log("web")
                time.sleep(0.05)  # waits for another process to listen
        raise AssertionError(self.log("web"))


def recreate(database_url: str) -> None:
    drop(database_url)
    with _server(database_url) as server:
        server.execute(f'CREATE DATABASE "{_name(database_url)}"')


def drop(database_url: str) -> None:
    with _server(database_url) as server:
        server.execute(f'DROP DATABASE IF EXISTS "{_name(database_url)}" WITH (FORCE)')


def beside(database_url: str, name: str) -> str:
    """The address of another database on the same server; nothing when there is no server."""
    if not database_url:
        return ""
    parts = urlsplit(database_url)
    return parts._replace(path=f"{parts.path}_{name}_{os.getpid()}").geturl()


def _server(database_url: str) -> psycopg.Connection:
    return psycopg.connect(urlsplit(database_url)._replace(path="/postgres").geturl(), autocommit=True)


def _name(database_url: str) -> str:
    return urlsplit(database_url).path.lstrip("/")
