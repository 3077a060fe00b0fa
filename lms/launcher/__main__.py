"""The first half of bin/run, bin/test, bin/backup and bin/restore: Python's standard library only."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from . import backups, checks, environment, processes, run, system
from .console import give_up, speak_utf8
from .paths import PYTHON, data_folder


def start_platform() -> None:
    run.arguments()  # --help and mistakes are answered before anything is installed
    run.port()
    system.provide(system.TO_RUN)
    environment.provide("requirements.txt")
    processes.stop.obey()
    os.execv(PYTHON, [str(PYTHON), "-P", "-m", "lms.launcher.run", *sys.argv[1:]])


def test_platform() -> None:
    system.provide(system.TO_TEST)
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


COMMANDS = {"run": start_platform, "test": test_platform, "backup": save, "restore": bring_back}


def main() -> None:
    speak_utf8()
    processes.stop.listen()
    COMMANDS[sys.argv.pop(1)]()


if __name__ == "__main__":
    main()
