"""What was damaged or lost on the way is named by install.sh before anything is installed."""

import shutil
import subprocess
from pathlib import Path

import pytest

from lms.launcher import bundle
from lms.launcher.paths import ROOT


@pytest.fixture
def unpacked(tmp_path: Path) -> Path:
    """A small bundle whose second half only says that it was reached."""
    folder = tmp_path / "包 裹"
    (folder / "wheels").mkdir(parents=True)
    (folder / "lms/launcher").mkdir(parents=True)
    shutil.copy2(ROOT / "deploy/install.sh", folder / "install.sh")
    (folder / "wheels/one-1-py3-none-any.whl").write_text("one")
    (folder / "wheels/two-2-py3-none-any.whl").write_text("two")
    (folder / "bundle.json").write_text('{\n  "python": "3"\n}\n')
    (folder / "lms/launcher/start.sh").write_text("#!/bin/sh\necho reached $1\n")
    (folder / "lms/launcher/start.sh").chmod(0o755)
    (folder / "SHA256SUMS").write_text(bundle.sums(folder))
    return folder


def install(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["sh", folder / "install.sh"], capture_output=True, text=True, cwd="/")


def test_a_whole_bundle_is_installed(unpacked: Path) -> None:
    done = install(unpacked)
    assert (done.returncode, "reached install" in done.stdout, done.stderr) == (0, True, "")


def test_damaged_and_missing_files_are_named_and_nothing_is_installed(unpacked: Path) -> None:
    (unpacked / "wheels/one-1-py3-none-any.whl").write_text("onf")
    (unpacked / "wheels/two-2-py3-none-any.whl").unlink()
    done = install(unpacked)
    assert done.returncode == 1
    assert "已损坏：wheels/one-1-py3-none-any.whl" in done.stderr
    assert "缺少：wheels/two-2-py3-none-any.whl" in done.stderr
    assert "reached" not in done.stdout


def test_what_came_later_is_no_fault(unpacked: Path) -> None:
    (unpacked / "var").mkdir()
    (unpacked / "var/lidian.sqlite3").write_text("data")
    assert install(unpacked).returncode == 0


def test_a_folder_that_is_no_bundle_is_refused(unpacked: Path) -> None:
    (unpacked / "SHA256SUMS").unlink()
    done = install(unpacked)
    assert (done.returncode, "SHA256SUMS" in done.stderr) == (1, True)
