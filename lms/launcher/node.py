"""Puts the locked packages of package-lock.json into node_modules. Only bin/test needs them."""

from __future__ import annotations

import shutil
import subprocess
import time
from pathlib import Path

from . import environment
from .console import say
from .paths import ROOT

LOCK = "package-lock.json"
MODULES = ROOT / "node_modules"
STAMP = MODULES / "installed"  # digest of the lock file it was installed from
OLDEST = (18, 16)

FAILED = "npm ci 未成功，请检查网络；可在 npm 配置中设置本单位的镜像源 (registry) 后重试"


def works() -> bool:
    """Whether Node is here with npm, and not older than Lighthouse needs."""
    if not (shutil.which("node") and shutil.which("npm")):
        return False
    said = subprocess.run(["node", "--version"], capture_output=True, text=True).stdout
    return version(said) >= OLDEST


def version(said: str) -> tuple[int, ...]:
    """(20, 11) of "v20.11.1"; nothing of what is no version."""
    numbers = said.strip().removeprefix("v").split(".")[:2]
    return tuple(int(number) for number in numbers) if all(number.isdecimal() for number in numbers) else ()


def installed() -> bool:
    return STAMP.exists() and STAMP.read_text() == environment.digest(LOCK)


def provide() -> str:
    """Installs what the lock file names, unless it is there; why it could not, or "" when all is there."""
    with environment.alone():
        if installed():
            return ""
        say("安装 Node 依赖到 node_modules Installing packages …")
        start = time.monotonic()
        ci: list[str | Path] = ["npm", "ci", "--prefix", ROOT, "--ignore-scripts", "--no-audit", "--no-fund"]
        if environment.quietly(ci):
            return FAILED
        STAMP.write_text(environment.digest(LOCK))
        say(f"Node 依赖已就绪 · {time.monotonic() - start:.0f} 秒")
        return ""
