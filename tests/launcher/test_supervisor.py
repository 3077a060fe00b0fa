"""Programs that die come back, and none is left behind."""

import os
import signal
import sqlite3
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from lms.launcher import processes, supervisor
from lms.launcher.supervisor import Program, Supervisor

FOR_EVER = "import signal; print('up', flush=True); signal.pause()"
WITH_CHILD = (
    "import signal, subprocess, sys; "
    "print(subprocess.Popen([sys.executable, '-c', 'import signal; signal.pause()']).pid, flush=True); "
    "signal.pause()"
)
DEAF = "import signal; signal.signal(15, signal.SIG_IGN); print('up', flush=True); signal.pause()"


@pytest.fixture
def running(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Supervisor:
    monkeypatch.setattr(supervisor, "FIRST_PAUSE", 0.01)
    return Supervisor(tmp_path / "logs", dict(os.environ), tmp_path)


def program(code: str) -> Program:
    return Program("web", "网页服务", [sys.executable, "-c", code])


def until(condition: Callable[[], object], seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)  # waits for another process


def looked_until(running: Supervisor, condition: Callable[[], bool]) -> None:
    def look() -> bool:
        running.look()
        return condition()

    until(look)


def printed(running: Supervisor, program: Program) -> str:
    return running.log(program).read_text()


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()


def test_a_program_that_was_killed_is_started_again(running: Supervisor, capsys: pytest.CaptureFixture[str]) -> None:
    web = program(FOR_EVER)
    running.add(web)
    first = web.process
    assert first is not None
    first.kill()
    looked_until(running, lambda: web.process not in (None, first))
    running.end()
    assert "网页服务意外退出（-9）" in capsys.readouterr().out


def test_what_a_killed_program_had_started_is_ended_too(running: Supervisor) -> None:
    web = program(WITH_CHILD)
    running.add(web)
    until(lambda: printed(running, web).strip())
    child = int(printed(running, web))
    assert web.process is not None
    web.process.kill()
    looked_until(running, lambda: not alive(child))
    running.end()


def test_each_death_makes_the_pause_longer_up_to_a_limit() -> None:
    web = program(FOR_EVER)
    pauses = []
    for web.deaths in (1, 2, 3, 20):
        pauses.append(web.pause())
    assert pauses == [0.5, 1, 2, 30]


def test_a_program_that_does_not_listen_is_killed_after_patience(running: Supervisor) -> None:
    web = program(DEAF)
    running.add(web)
    until(lambda: printed(running, web).strip())
    assert web.process is not None
    processes.end([web.process], patience=0.2)
    assert web.process.returncode == -signal.SIGKILL


def test_the_embedded_queue_is_emptied_at_a_start_and_swept_while_running(tmp_path: Path) -> None:
    queue = queue_with(tmp_path, visible=[0, 1])
    supervisor.sweep_queue(queue)
    assert rows(queue) == [1]
    supervisor.empty_queue(queue)
    assert rows(queue) == []


def test_a_broken_queue_is_thrown_away(tmp_path: Path) -> None:
    queue = tmp_path / "queue.sqlite3"
    queue.write_bytes(b"half a file" * 400)
    supervisor.empty_queue(queue)
    assert not queue.exists()


def test_a_log_that_grew_too_long_keeps_its_newer_half(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervisor, "LOG_LIMIT", 10)
    log = tmp_path / "web.log"
    log.write_text("0123456789abcdef")
    supervisor.trim_log(log)
    assert log.read_text() == "bcdef"


def queue_with(folder: Path, visible: list[int]) -> Path:
    queue = folder / "queue.sqlite3"
    with closing(sqlite3.connect(queue)) as database, database:
        database.execute("CREATE TABLE kombu_message (visible)")
        database.executemany("INSERT INTO kombu_message VALUES (?)", [[value] for value in visible])
    return queue


def rows(queue: Path) -> list[int]:
    with closing(sqlite3.connect(queue)) as database:
        return [row[0] for row in database.execute("SELECT visible FROM kombu_message")]
