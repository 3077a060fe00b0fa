"""Builds .venv from the hash-locked requirements: with uv in seconds, with pip when uv cannot be had."""

from __future__ import annotations

import ast
import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from . import offline, processes
from .console import give_up, say
from .paths import PYTHON, ROOT, VENV

STAMP = VENV / "installed.json"  # requirements file → digest of what was installed from it

# pip's settings that uv must share: a company's mirror, proxy or certificate is configured once, for pip.
PIP_TO_UV = {
    "index-url": "UV_DEFAULT_INDEX",
    "extra-index-url": "UV_INDEX",
    "find-links": "UV_FIND_LINKS",
    "no-index": "UV_NO_INDEX",
    "cert": "SSL_CERT_FILE",
    "trusted-host": "UV_INSECURE_HOST",
    "proxy": "ALL_PROXY",
}


def digest(name: str) -> str:
    """Changes when the locked versions change, or when the folder moved to another kind of machine."""
    about = f"{sys.platform} {os.uname().machine}\n".encode()
    return hashlib.sha256(about + (ROOT / name).read_bytes()).hexdigest()


def installed() -> dict[str, str]:
    try:
        stamp: dict[str, str] = json.loads(STAMP.read_text())
    except (OSError, ValueError):
        return {}
    return stamp


def works() -> bool:
    """A folder copied or moved from elsewhere, or whose Python was upgraded away, does not."""
    ask = "import sys; print(sys.prefix); print('python%d.%d' % sys.version_info[:2])"
    try:
        answer = subprocess.run([PYTHON, "-c", ask], capture_output=True, text=True, check=True).stdout.splitlines()
    except (OSError, subprocess.CalledProcessError):
        return False
    return Path(answer[0]).resolve() == VENV.resolve() and (VENV / "lib" / answer[1]).is_dir()


@contextmanager
def alone() -> Iterator[None]:
    """bin/run and bin/test called at the same moment build the environment one after the other."""
    name = hashlib.sha256(str(VENV).encode()).hexdigest()[:16]
    with (Path(tempfile.gettempdir()) / f"lidian-venv-{os.getuid()}-{name}.lock").open("w") as lock:
        while True:
            processes.stop.obey()
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                time.sleep(processes.TICK)
        yield


def provide(*names: str) -> None:
    """Makes sure .venv holds exactly the locked versions of these requirements files."""
    with alone():
        if works() and all(installed().get(name) == digest(name) for name in names):
            return
        offline.check_machine()
        say("安装 Python 依赖到 .venv Installing packages …")
        start = time.monotonic()
        if not works():
            shutil.rmtree(VENV, ignore_errors=True)
            create()
        install(names)
        STAMP.write_text(json.dumps({**installed(), **{name: digest(name) for name in names}}))
        say(f"依赖已就绪 · {time.monotonic() - start:.0f} 秒")


def create() -> None:
    uv = shutil.which("uv")
    if uv and not offline.WHEELS.is_dir():
        command: list[str | Path] = [uv, "venv", "--quiet", "--python", sys.executable, VENV]
    else:
        command = [sys.executable, "-m", "venv", VENV]
    if quietly(command):
        give_up(f"无法创建虚拟环境：{VENV}")


def install(names: Sequence[str]) -> None:
    files = [part for name in names for part in ("-r", str(ROOT / name))]
    if offline.brings_wheels(names):
        install_offline(files)
        return
    uv = find_uv()
    if uv and quietly([uv, "pip", "install", "--python", PYTHON, "--require-hashes", *files], env=uv_settings()) == 0:
        return
    if _has_pip() and quietly([PYTHON, "-m", "pip", "install", "--require-hashes", *files]) == 0:
        return
    give_up("依赖安装失败，请检查网络；可在 pip 配置中设置本单位的镜像源 (index-url) 后重试")


def install_offline(files: Sequence[str]) -> None:
    """From the wheels of a bundle; pip's own settings are left aside, for they name sources in a network."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith("PIP_")}
    source = ["--isolated", "--no-index", "--find-links", str(offline.WHEELS), "--disable-pip-version-check"]
    if quietly([PYTHON, "-m", "pip", "install", "--require-hashes", *source, *files], env=plain):
        give_up(f"未能从 {offline.WHEELS} 安装依赖，原因见上。请用 ./install.sh 核对安装包是否完整")


def find_uv() -> str | None:
    """uv from the system, else from .venv, where it comes hash-locked like the rest."""
    inside = VENV / "bin" / "uv"
    if not (shutil.which("uv") or inside.exists()):
        quietly(
            [PYTHON, "-m", "pip", "install", "--require-hashes", "-r", ROOT / "requirements-setup.txt"], show=False
        )
    return shutil.which("uv") or (str(inside) if inside.exists() else None)


def uv_settings() -> dict[str, str]:
    """Our environment, with pip's settings translated for uv where uv has none of its own."""
    settings = {"UV_INDEX_STRATEGY": "unsafe-best-match", "UV_HTTP_TIMEOUT": "120"}  # hashes decide, not the source
    for line in _pip_config():
        name, _, value = line.partition("=")
        variable = PIP_TO_UV.get(name.rpartition(".")[2])
        if variable:
            settings[variable] = " ".join(str(ast.literal_eval(value)).split())
    if "UV_FIND_LINKS" in settings:
        settings["UV_FIND_LINKS"] = settings["UV_FIND_LINKS"].replace(" ", ",")
    return {**settings, **os.environ}


def _pip_config() -> list[str]:
    pip = [PYTHON] if _has_pip() else [sys.executable]
    listed = subprocess.run([*pip, "-m", "pip", "config", "list"], capture_output=True, text=True)
    return listed.stdout.splitlines() if listed.returncode == 0 else []


def _has_pip() -> bool:
    return bool(list(VENV.glob("lib/python*/site-packages/pip/__init__.py")))


def quietly(command: Sequence[str | Path], env: dict[str, str] | None = None, show: bool = True) -> int:
    """Runs a command and shows the end of what it printed only when it failed."""
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "log"
        status = processes.run(command, env=env, log=log)
        if status and show:
            for line in log.read_text(errors="replace").splitlines()[-12:]:
                say("    " + line)
        return status
