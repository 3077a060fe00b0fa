"""bin/test: everything that must hold, step by step: the suite on both kinds of database, then what pages score."""

from __future__ import annotations

import hashlib
import os
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from . import node, processes
from .console import say
from .paths import ROOT, VENV

BIN = VENV / "bin"
PYTEST = (
    BIN / "pytest",
    "-q",
    "-n",
    "3",
)  # on two cores: journeys wait a lot. tests/conftest.py says what stays together
OWN_NAME = "lidian_" + hashlib.sha256(str(ROOT).encode()).hexdigest()[:8]  # two checkouts never share a database
POSTGRES = f"postgres://postgres@127.0.0.1:5432/{OWN_NAME}"
REDIS = "redis://127.0.0.1:6379/15"
FROM_OUTSIDE = ("DATABASE_URL", "CELERY_BROKER_URL", "CACHE_URL", "TEST_DATABASE_URL", "TEST_REDIS_URL", "LIDIAN_DEMO")
UNKEPT = "PYTHONDONTWRITEBYTECODE"  # or each of a hundred processes would compile everything anew

ASK_POSTGRES = (
    "import os, psycopg; "
    "from urllib.parse import urlsplit; "
    "psycopg.connect(urlsplit(os.environ['TEST_DATABASE_URL'])._replace(path='/postgres').geturl(), connect_timeout=5)"
)
ASK_REDIS = "import os, redis; redis.from_url(os.environ['TEST_REDIS_URL'], socket_timeout=5).ping()"


@dataclass(frozen=True)
class Step:
    title: str
    command: Sequence[str | Path]


@dataclass(frozen=True)
class Outcome:
    title: str
    passed: bool
    seconds: float


STATIC = (
    Step("代码检查 ruff check", (BIN / "ruff", "check", ".")),
    Step("代码格式 ruff format", (BIN / "ruff", "format", "--check", ".")),
    Step("类型 mypy", (BIN / "mypy",)),
    Step("分层契约 lint-imports", (BIN / "lint-imports", "--no-logo")),
    Step("数据库迁移 makemigrations", (BIN / "python", "manage.py", "makemigrations", "--check", "--dry-run")),
    Step("界面文字 messages", (BIN / "python", "bin/messages", "--check")),
    Step("第三方文件 vendor", (BIN / "python", "bin/vendor", "--check")),
)
LIGHTHOUSE = Step("页面质量 Lighthouse", (BIN / "python", "-P", "-m", "tests.lighthouse"))


def environment(folder: str, extra: Mapping[str, str]) -> dict[str, str]:
    """Ours without what would point the tests at somebody's real data or slow them down."""
    kept = {name: value for name, value in os.environ.items() if name not in (*FROM_OUTSIDE, UNKEPT)}
    return {**kept, "LIDIAN_DATA": folder, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1", **extra}


def perform(step: Step, extra: Mapping[str, str]) -> Outcome:
    say(f"\n=== {step.title}")
    start = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="lidian-test-") as folder:
        status = processes.run(step.command, env=environment(folder, extra), cwd=ROOT)
    seconds = time.monotonic() - start
    say(f"--- {step.title}：{'通过' if status == 0 else f'未通过（{status}）'} · {seconds:.0f} 秒")
    return Outcome(step.title, status == 0, seconds)


def servers() -> dict[str, str]:
    return {
        "TEST_DATABASE_URL": os.environ.get("TEST_DATABASE_URL") or POSTGRES,
        "TEST_REDIS_URL": os.environ.get("TEST_REDIS_URL") or REDIS,
    }


def unreachable() -> list[str]:
    """Which of the two servers do not answer, with their addresses."""
    env = {**os.environ, **servers()}
    asked = {"PostgreSQL · TEST_DATABASE_URL": ASK_POSTGRES, "Redis · TEST_REDIS_URL": ASK_REDIS}
    with tempfile.TemporaryFile() as unread:
        return [
            name
            for name, question in asked.items()
            if processes.start([BIN / "python", "-c", question], env=env, output=unread).wait()
        ]


def on_sqlite(*, alone: bool) -> Outcome:
    """The suite on SQLite, with what needs to be seen only `once` if no other suite will show it."""
    return perform(Step("测试 pytest · SQLite", PYTEST if alone else (*PYTEST, "-m", "not once")), {})


def on_servers(absent: Sequence[str]) -> list[Outcome]:
    """The whole suite on PostgreSQL and Redis."""
    title = "测试 pytest · PostgreSQL + Redis"
    if absent:
        return left_out(title, f"连接不上 {'、'.join(absent)}")
    return [perform(Step(title, PYTEST), servers())]


def pages() -> list[Outcome]:
    """What Lighthouse says, after everything else: it measures time, so nothing may run beside it."""
    reason = node.provide()
    return left_out(LIGHTHOUSE.title, reason) if reason else [perform(LIGHTHOUSE, {})]


def left_out(title: str, reason: str) -> list[Outcome]:
    """Skipped in words where something is missing, but a failure on a build machine."""
    say(f"\n=== {title}")
    say(f"--- 未运行：{reason}")
    return [Outcome(f"{title}：未运行", False, 0)] if os.environ.get("CI") == "true" else []


def everything() -> int:
    outcomes = [perform(step, {}) for step in STATIC]
    absent = unreachable()
    outcomes += [on_sqlite(alone=bool(absent)), *on_servers(absent), *pages()]
    failed = [outcome.title for outcome in outcomes if not outcome.passed]
    say(f"\n共 {len(outcomes)} 项 · {sum(outcome.seconds for outcome in outcomes):.0f} 秒 · ", end="")
    say("未通过：" + "、".join(failed) if failed else "全部通过")
    return 1 if failed else 0


def quick(arguments: Sequence[str]) -> int:
    """Only pytest, with the caller's arguments, on the database TEST_DATABASE_URL names (else SQLite)."""
    asked = {name: os.environ[name] for name in ("TEST_DATABASE_URL", "TEST_REDIS_URL") if name in os.environ}
    with tempfile.TemporaryDirectory(prefix="lidian-test-") as folder:
        return processes.run([BIN / "pytest", *arguments], env=environment(folder, asked), cwd=Path.cwd())
