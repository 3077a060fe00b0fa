"""What the machine itself must have, and how to get it on Debian and Ubuntu."""

from __future__ import annotations

import ctypes
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from . import node, offline, processes
from .console import give_up, say

APT_PATIENCE = 120  # seconds: a package installation cut short leaves the system's package manager broken


@dataclass(frozen=True)
class Need:
    """One thing the machine must have: what it is for, the Debian packages that bring it, how to see it."""

    purpose: str
    packages: tuple[str, ...]
    met: Callable[[], bool]


def can_make_venv() -> bool:
    """Debian's python3 has venv but not ensurepip, so making an environment fails half-way."""
    return bool(shutil.which("uv")) or all(importlib.util.find_spec(name) for name in ("venv", "ensurepip"))


def can_load(*libraries: str) -> bool:
    try:
        for library in libraries:
            ctypes.CDLL(library)
    except OSError:
        return False
    return True


def has_pango() -> bool:
    if sys.platform == "darwin":
        return can_load("libpango-1.0.dylib") or Path("/opt/homebrew/lib/libpango-1.0.dylib").exists()
    return can_load("libpango-1.0.so.0", "libpangoft2-1.0.so.0", "libharfbuzz-subset.so.0")


VENV = Need(
    "Python 虚拟环境 (venv)",
    (f"python3.{sys.version_info.minor}-venv",),
    can_make_venv,
)
PANGO = Need(
    "证书 PDF 排版 (Pango)",
    ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0"),
    has_pango,
)
SHELL = "chromium-headless-shell"  # the same Chromium without windows: opens a page for half the work
CHROMIUM = Need("浏览器测试 (Chromium)", (SHELL,), lambda: bool(shutil.which(SHELL)))
GETTEXT = Need("界面文字检查 (xgettext)", ("gettext",), lambda: bool(shutil.which("xgettext")))
NODE = Need("页面质量检查 (Node.js 18.16+, npm)", ("nodejs", "npm"), node.works)

TO_RUN = (VENV, PANGO)
TO_TEST = (VENV, PANGO, CHROMIUM, GETTEXT)
TO_CHECK = (*TO_TEST, NODE)  # all of bin/test; single tests need no Node


def apt_get() -> list[str] | None:
    """The command that may install packages, or None without the right to."""
    if not shutil.which("apt-get"):
        return None
    if os.geteuid() == 0:
        return ["apt-get"]
    sudo = shutil.which("sudo")
    if sudo and subprocess.run([sudo, "-n", "true"], capture_output=True).returncode == 0:
        return [sudo, "-n", "apt-get"]
    return None


def advise(packages: Sequence[str]) -> str:
    if bundled := offline.debs_installer():
        return f"    sudo {bundled} " + " ".join(packages)
    if shutil.which("apt-get"):
        return "    sudo apt-get update && sudo apt-get install -y --no-install-recommends " + " ".join(packages)
    if sys.platform == "darwin":
        return "    brew install pango"
    return "    Debian/Ubuntu 软件包名：" + " ".join(packages) + "，请用本系统的对应软件包"


def install(packages: Sequence[str], apt: Sequence[str]) -> None:
    """From the bundle where one brings packages, else from the system's sources."""
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    bundled = offline.debs_installer()
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "apt.log"
        if bundled:
            asked = [*apt[:-1], str(bundled), *packages]
        else:
            processes.run([*apt, "update"], env=env, log=log, patience=APT_PATIENCE)
            asked = [*apt, "install", "-y", "--no-install-recommends", *packages]
        if processes.run(asked, env=env, log=log, patience=APT_PATIENCE):
            tail = log.read_text(errors="replace").splitlines()[-8:]
            give_up("系统软件包安装失败，请检查网络或软件源后手动执行：", advise(packages), *tail)


def provide(needs: Sequence[Need]) -> None:
    """Names what is missing, then installs it; without the right to, prints the exact command and ends."""
    missing = [need for need in needs if not need.met()]
    if not missing:
        return
    packages = [package for need in missing for package in need.packages]
    say("缺少 Missing：" + "、".join(need.purpose for need in missing))
    apt = apt_get()
    if apt is None:
        give_up("当前用户无权安装系统软件包，请执行以下命令后重试：", advise(packages))
    say("安装系统软件包 Installing：" + " ".join(packages))
    install(packages, apt)
    importlib.invalidate_caches()
    still = [need.purpose for need in missing if not need.met()]
    if still:
        give_up("已安装软件包，但仍缺少：" + "、".join(still))
