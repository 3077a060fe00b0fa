"""The first half of bin/run and its neighbours: Python's standard library only."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from . import backups, bundle, checks, environment, offline, processes, run, system
from .console import give_up, say, speak_utf8
from .paths import PYTHON, data_folder


def start_platform() -> None:
    run.arguments()  # --help and mistakes are answered before anything is installed
    run.port()
    system.provide(system.TO_RUN)
    environment.provide("requirements.txt")
    processes.stop.obey()
    os.execv(PYTHON, [str(PYTHON), "-P", "-m", "lms.launcher.run", *sys.argv[1:]])


def test_platform() -> None:
    system.provide(system.TO_TEST if sys.argv[1:] else system.TO_CHECK)
    environment.provide("requirements.txt", "requirements-dev.txt")
    sys.exit(checks.quick(sys.argv[1:]) if sys.argv[1:] else checks.everything())


def save() -> None:
    names = sys.argv[1:]
    if len(names) > 1 or any(name.startswith("-") for name in names):
        give_up("用法：bin/backup [文件]", "不写文件名时，保存到 LIDIAN_DATA 的 backups 文件夹")
    backups.backup_command(data_folder(), Path(names[0]) if names else None)


def bring_back() -> None:
    names = sys.argv[1:]
    if len(names) != 1 or names[0].startswith("-"):
        give_up("用法：bin/restore 文件", "恢复前请先停止 bin/run；原来的数据会保留在一旁")
    backups.restore_command(data_folder(), Path(names[0]))


def make_bundle() -> None:
    names = [name for name in sys.argv[1:] if name != "--servers"]
    if len(names) > 1 or any(name.startswith("-") for name in names):
        give_up("用法：bin/bundle [--servers] [文件夹]", "--servers 同时带上 nginx、PostgreSQL 和 Redis 的软件包")
    system.provide((system.VENV,))
    bundle.command(Path(names[0]) if names else None, servers="--servers" in sys.argv)


def install_bundle() -> None:
    """What install.sh does once all files are right: everything bin/run would do, but starting."""
    if sys.argv[1:] not in ([], ["--packages"]):
        give_up(
            "用法：./install.sh [--packages]", "--packages 只安装软件包和 .venv，不准备数据，用于 docs/deployment.md"
        )
    offline.check_machine()
    system.provide(system.TO_RUN)
    environment.provide("requirements.txt")
    if sys.argv[1:]:
        say("软件包已安装 Packages installed。接下来请看 docs/deployment.md")
        return
    if processes.run([PYTHON, "-P", "-m", "lms.launcher.run", "--prepare", "--no-demo"]):
        give_up("安装未完成，原因见上")
    say("安装完成 Installed")
    say("试用演示公司：bin/run")
    say("正式使用：bin/run --no-demo；配合 nginx 和 PostgreSQL 请看 docs/deployment.md")


COMMANDS = {
    "run": start_platform,
    "test": test_platform,
    "backup": save,
    "restore": bring_back,
    "bundle": make_bundle,
    "install": install_bundle,
}


def main() -> None:
    speak_utf8()
    processes.stop.listen()
    COMMANDS[sys.argv.pop(1)]()


if __name__ == "__main__":
    main()
