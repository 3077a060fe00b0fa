"""bin/bundle: one archive for a machine without a network, made on a machine of the same kind that has one.

It holds the committed project (fonts and front-end files lie in vendor/), a wheel for every line of
requirements.txt, the Debian packages with all they depend on, and the sha256 of every file.
"""

from __future__ import annotations

import errno
import hashlib
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

from . import environment, offline, system
from .console import give_up, say
from .paths import ROOT

BUILD = ROOT / "build"
INSTALLER = "install.sh"
BASE = ("python3", "python3-venv", f"python3.{sys.version_info.minor}-venv")
SERVERS = ("nginx-light", "postgresql", "redis-server")
DATA_SPACE = 500_000_000  # bytes for an empty platform, its static files and its first weeks
BUILD_SPACE = 600_000_000  # bytes that packing takes: every file twice
COMPILED = 1.6  # what Python's own compiled files add to the unpacked wheels
BLOCK = 1 << 20
PATCH_LEVEL = re.compile(r"^(\S+==\S+) *; *[^\\\n]*python_full_version[^\\\n]*", re.M)


def sha256(file: Path) -> str:
    digest = hashlib.sha256()
    with file.open("rb") as content:
        while block := content.read(BLOCK):
            digest.update(block)
    return digest.hexdigest()


def sums(folder: Path) -> str:
    """The manifest of a folder, as `sha256sum --check` reads it."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != offline.SUMS)
    return "".join(f"{sha256(path)}  {path.relative_to(folder)}\n" for path in files)


def git(*arguments: str) -> str:
    asked = subprocess.run(["git", "-C", ROOT, *arguments], capture_output=True, text=True)
    if asked.returncode:
        give_up("bin/bundle 需要在 git 检出中执行：", "    " + asked.stderr.strip())
    return asked.stdout.strip()


def add_project(folder: Path) -> None:
    """The project as committed; what is not committed does not travel."""
    if git("status", "--porcelain"):
        say("有尚未提交的改动，安装包只包含已提交的内容")
    archive = folder / "project.tar"
    git("archive", "--format=tar", f"--output={archive}", "HEAD")
    with tarfile.open(archive) as project:
        project.extractall(folder)
    archive.unlink()
    shutil.copy2(folder / "deploy" / INSTALLER, folder / INSTALLER)


def requirement_sets(locked: str) -> Iterator[str]:
    """`locked`, then each requirement that only some patch levels of Python need, without that condition.

    Debian's 3.11.2 and a newer 3.11 take different versions of a package; a bundle serves both.
    """
    yield locked
    lines = re.findall(r"^\S.*(?:\n[ ]+--hash.*)*", locked, re.M)
    for line in lines:
        if PATCH_LEVEL.match(line):
            yield PATCH_LEVEL.sub(r"\1 ", line) + "\n"


def add_wheels(folder: Path) -> None:
    say("下载 Python 依赖 Downloading wheels …")
    wheels = folder / offline.WHEELS.name
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        if environment.quietly([sys.executable, "-m", "venv", work / "pip"]):
            give_up("无法创建虚拟环境")
        for number, text in enumerate(requirement_sets((folder / "requirements.txt").read_text())):
            wanted = work / f"{number}.txt"
            wanted.write_text(text)
            pip: list[str | Path] = [work / "pip" / "bin" / "python", "-m", "pip", "download", "--quiet", "--no-deps"]
            pip += ["--require-hashes", "--only-binary=:all:", "--ignore-requires-python"]
            pip += ["--dest", wheels, "-r", wanted]
            if environment.quietly(pip):
                give_up("依赖下载失败，请检查网络；可在 pip 配置中设置本单位的镜像源 (index-url) 后重试")


def debian_packages(servers: bool) -> list[str]:
    needed = [package for need in system.TO_RUN for package in need.packages]
    return list(dict.fromkeys([*BASE, *needed, *(SERVERS if servers else ())]))


def add_debs(folder: Path, packages: list[str]) -> bool:
    """Downloads the packages with all they depend on, as for a machine that has nothing; False where apt cannot."""
    if not (shutil.which("apt-get") and shutil.which("dpkg-deb")):
        return False
    say("下载系统软件包 Downloading Debian packages …")
    debs = folder / offline.DEBS.name
    (debs / "partial").mkdir(parents=True)
    nothing = folder / "status"
    nothing.touch()
    settings = {
        "Dir::State::status": nothing,
        "Dir::Cache::archives": debs,
        "Debug::NoLocking": "1",
        "APT::Sandbox::User": "root",
    }
    options = [part for name, value in settings.items() for part in ("-o", f"{name}={value}")]
    asked = ["install", "--download-only", "-y", "--no-install-recommends", *packages]
    failed = environment.quietly(["apt-get", *options, *asked], show=False)
    nothing.unlink()
    shutil.rmtree(debs / "partial")
    (debs / "lock").unlink(missing_ok=True)
    if failed:
        shutil.rmtree(debs)
        return False
    (debs / "Packages").write_text("\n".join(map(described, sorted(debs.glob("*.deb")))))
    (debs / "RELEASE").write_text(offline.this_release() + "\n")
    shutil.copy2(folder / "deploy" / "debs.sh", debs / "install")
    return True


def described(deb: Path) -> str:
    """One entry of a Debian package index."""
    about = subprocess.run(["dpkg-deb", "--field", deb], capture_output=True, text=True, check=True).stdout
    return f"{about.rstrip()}\nFilename: ./{deb.name}\nSize: {deb.stat().st_size}\nSHA256: {sha256(deb)}\n"


def unpacked(wheels: Path) -> int:
    """Bytes that the wheels take once installed."""
    return sum(entry.file_size for wheel in wheels.glob("*.whl") for entry in zipfile.ZipFile(wheel).infolist())


def describe(folder: Path, packages: list[str]) -> offline.Card:
    wheels = folder / offline.WHEELS.name
    return offline.Card(
        commit=git("rev-parse", "--short=12", "HEAD"),
        python=offline.this_python(),
        system=offline.this_system(),
        glibc=offline.glibc_of(path.name for path in wheels.iterdir()),
        packages=tuple(packages),
        space=int(unpacked(wheels) * COMPILED) + DATA_SPACE,
    )


def pack(folder: Path, file: Path) -> None:
    part = file.with_name(file.name + ".part")
    with tarfile.open(part, "w:gz", compresslevel=6) as archive:
        archive.add(folder, folder.name, filter=nobodys)
    part.replace(file)
    file.with_name(file.name + ".sha256").write_text(f"{sha256(file)}  {file.name}\n")


def nobodys(member: tarfile.TarInfo) -> tarfile.TarInfo:
    """Who built the bundle is nobody's business, and his number means somebody else on the other machine."""
    member.uid = member.gid = 0
    member.uname = member.gname = "root"
    return member


def build(target: Path, servers: bool) -> Path:
    target.mkdir(parents=True, exist_ok=True)
    name = f"lidian-{git('rev-parse', '--short=12', 'HEAD')}"
    with tempfile.TemporaryDirectory(dir=target, prefix=".bundle-") as work:
        folder = Path(work) / name
        folder.mkdir()
        add_project(folder)
        add_wheels(folder)
        packages = debian_packages(servers)
        if not add_debs(folder, packages):
            say("无法下载系统软件包，安装包中只列出名称。目标机器需要自备：" + " ".join(packages))
        card = describe(folder, packages)
        offline.write(card, folder / offline.CARD.name)
        (folder / offline.SUMS).write_text(sums(folder))
        say("打包 Packing …")
        kind = card.system.replace(" ", "-")
        file = target / f"{name}-{kind}-python{card.python}.tar.gz"
        pack(folder, file)
    return file


def command(target: Path | None, servers: bool) -> None:
    target = (target or BUILD).absolute()
    if short := offline.too_little(target, BUILD_SPACE):
        give_up(short)
    try:
        file = build(target, servers)
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        give_up("磁盘空间不足，安装包没有生成。请清理后重试，或用 bin/bundle 文件夹 指定空间更大的位置")
    say(f"已生成 {file} · {file.stat().st_size / 1_000_000:.0f} MB")
    say(f"校验值 {file}.sha256")
    say(f"在目标机器上：tar -xzf {file.name}，进入解压出的文件夹，执行 ./install.sh")
