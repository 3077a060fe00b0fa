"""Brings the data up to date with the code: backup, migrations, static files, demo company. Runs in .venv.

A program of its own (`python -m lms.launcher.prepare`), so that the supervisor never carries Django in memory.
"""

from __future__ import annotations

import os
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import django
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.utils import OperationalError

from .backups import backup, external_database
from .console import give_up, say, speak_utf8
from .paths import QUEUE


def migrate(data: Path) -> None:
    """Applies what is missing; data that an older version wrote is backed up before."""
    try:
        executor = MigrationExecutor(connection)
    except OperationalError as error:
        give_up("无法连接数据库，请检查 DATABASE_URL：", f"    {str(error).strip()}")
    refuse_newer_data(executor)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if not plan:
        return
    if executor.loader.applied_migrations:
        keep_old(data)
    say(f"更新数据库结构 Migrating：{len(plan)} 项 …")
    call_command("migrate", interactive=False, verbosity=0)


def keep_old(data: Path) -> None:
    if external_database():
        say("数据库在 PostgreSQL 中，升级前的备份请由数据库管理员完成 (pg_dump)")
    else:
        say(f"数据来自旧版本，已先备份到 {backup(data)}")


def refuse_newer_data(executor: MigrationExecutor) -> None:
    """Data written by a later version is left alone: going back is done with bin/restore."""
    apps = {config.label for config in django.apps.apps.get_app_configs()}
    unknown = [name for name in executor.loader.applied_migrations if name not in executor.loader.disk_migrations]
    replaced = {name for migration in executor.loader.disk_migrations.values() for name in migration.replaces}
    newer = [f"{app}.{name}" for app, name in unknown if app in apps and (app, name) not in replaced]
    if newer:
        give_up(
            "数据由更新的版本写入，本版本不能使用，未做任何改动。请换用新版本，或用 bin/restore 恢复旧备份：",
            "    " + "、".join(sorted(newer)[:5]),
        )


def refuse_what_is_unsafe() -> None:
    """The web server would refuse to start; here it is said plainly, before anything runs."""
    from lms.portal.checks import refuse_to_start

    try:
        refuse_to_start()
    except ImproperlyConfigured as error:
        give_up(str(error))


def collect_static() -> None:
    say("整理网页文件 Collecting static files …")
    call_command("collectstatic", interactive=False, verbosity=0, clear=True)


def make_queue(file: Path) -> None:
    """Worker and beat start at the same moment and must not both create the embedded queue's tables.

    The one that comes second would fail at each message until it is started again (kombu's SQL transport).
    """
    from lms.celery import app

    with app.connection(f"sqla+sqlite:///{file}") as queue:
        queue.SimpleQueue("celery").close()
    with closing(sqlite3.connect(file)) as database:
        database.execute("PRAGMA journal_mode=WAL")


def fill_demo() -> None:
    """Only into an empty database; the command builds all of it or nothing."""
    if get_user_model().objects.exists():
        return
    say("建立演示公司，约一分钟 Filling the demo company, about a minute …")
    try:
        call_command("demo")
    except CommandError as error:
        give_up(str(error))


def main() -> None:
    speak_utf8()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lms.settings")
    django.setup()
    data = settings.DATA_DIR
    settings.DATABASES["default"]["OPTIONS"].pop("pool", None)  # one connection, and its error at once
    migrate(data)
    refuse_what_is_unsafe()
    collect_static()
    if settings.CELERY_BROKER_URL.startswith("sqla"):
        make_queue(data / QUEUE)
    if settings.DEMO:
        fill_demo()
    connection.close()
    sys.stdout.flush()


if __name__ == "__main__":
    main()
