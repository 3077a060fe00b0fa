"""What a bundle of bin/bundle brings beside the code, and whether it fits the machine it was unpacked on."""

from __future__ import annotations

import json
import os
import platform
import re
import shutil
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from .console import give_up
from .paths import ROOT

WHEELS = ROOT / "wheels"
DEBS = ROOT / "debs"
CARD = ROOT / "bundle.json"
SUMS = "SHA256SUMS"

NEWER_GLIBC = "本安装包需要 glibc {need} 或更高版本，这台机器是 {have}。请换用较新的系统，或在同类机器上重新打包"


@dataclass(frozen=True)
class Card:
    """For what machine a bundle was made: Python "3.11", system "linux x86_64", glibc "2.28" ("" without any)."""

    commit: str
    python: str
    system: str
    glibc: str
    packages: tuple[str, ...]  # by their Debian names
    space: int  # bytes that .venv and an empty platform take


def this_python() -> str:
    return f"{sys.version_info.major}.{sys.version_info.minor}"


def this_system() -> str:
    return f"{sys.platform} {os.uname().machine}"


def this_release() -> str:
    try:
        return platform.freedesktop_os_release().get("VERSION_CODENAME", "")
    except OSError:
        return ""


def this_glibc() -> str:
    name, version = platform.libc_ver()
    return version if name == "glibc" else ""


def glibc_of(wheels: Iterable[str]) -> str:
    """The oldest glibc that all these wheels run with; a wheel may name several, and the oldest of them is enough."""
    needed = []
    for wheel in wheels:
        tags = re.findall(r"manylinux_(\d+)_(\d+)", wheel.replace("manylinux2014", "manylinux_2_17"))
        needed += [min((int(major), int(minor)) for major, minor in tags)] if tags else []
    return "{}.{}".format(*max(needed)) if needed else ""


def write(card: Card, file: Path) -> None:
    file.write_text(json.dumps(asdict(card), indent=2) + "\n")


def card() -> Card | None:
    """What the bundle says of itself; None in a checkout."""
    if not CARD.exists():
        return None
    try:
        read = json.loads(CARD.read_text())
        return Card(**{**read, "packages": tuple(read["packages"])})
    except (ValueError, TypeError, KeyError):
        give_up(f"{CARD.name} 已损坏，请重新解压安装包")


def misfits(card: Card, python: str, system: str, glibc: str) -> Iterator[str]:
    """Why a bundle cannot be used on such a machine, in sentences."""
    if card.system != system:
        yield f"本安装包适用于 {card.system}，这台机器是 {system}。请在同类机器上重新执行 bin/bundle"
    elif card.python != python:
        yield f"本安装包适用于 Python {card.python}，这里只有 Python {python}。请安装 python{card.python} 后重试"
    elif card.glibc and not glibc:
        yield NEWER_GLIBC.format(need=card.glibc, have="其他 C 库")
    elif card.glibc and _numbers(glibc) < _numbers(card.glibc):
        yield NEWER_GLIBC.format(need=card.glibc, have=glibc)


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))


def too_little(folder: Path, need: int) -> str:
    """A sentence when fewer than `need` bytes are free where `folder` is or will be."""
    there = next(parent for parent in (folder, *folder.parents) if parent.exists())
    free = shutil.disk_usage(there).free
    if free >= need:
        return ""
    return (
        f"磁盘空间不足：{there} 需要 {need / 1e9:.1f} GB，可用 {free / 1e9:.1f} GB。请清理后重试，或换用空间更大的磁盘"
    )


def check_machine() -> None:
    """Ends with a sentence where the bundle's packages cannot run; says nothing in a checkout."""
    about = card()
    if about is None:
        return
    reasons = list(misfits(about, this_python(), this_system(), this_glibc()))
    if reasons:
        give_up(*reasons)
    if short := too_little(ROOT, about.space):
        give_up(short)


def brings_wheels(names: Sequence[str]) -> bool:
    """Whether these requirements can be installed from the bundle: it has what running needs, not what tests need."""
    return WHEELS.is_dir() and list(names) == ["requirements.txt"]


def debs_installer() -> Path | None:
    """What installs system packages from the bundle; None where it brings none for this release."""
    try:
        release = (DEBS / "RELEASE").read_text().strip()
    except OSError:
        return None
    return DEBS / "install" if release == this_release() else None
