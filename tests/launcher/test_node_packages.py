"""node_modules: made when the lock file says so, and a sentence where that cannot be."""

import subprocess
from pathlib import Path

import pytest

from lms.launcher import checks, environment, node


@pytest.fixture
def modules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "node_modules"
    folder.mkdir()
    monkeypatch.setattr(node, "STAMP", folder / "installed")
    return folder


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """What was run; all of it succeeds."""
    commands: list[object] = []

    def run(command: object) -> int:
        commands.append(command)
        return 0

    monkeypatch.setattr(environment, "quietly", run)
    return commands


def test_packages_are_installed_once(modules: Path, asked: list[object]) -> None:
    assert [node.provide(), node.provide()] == ["", ""]
    assert len(asked) == 1


def test_another_lock_file_installs_anew(modules: Path, asked: list[object]) -> None:
    (modules / "installed").write_text("of another lock file")
    node.provide()
    assert len(asked) == 1


def test_without_a_network_lighthouse_is_left_out_in_words(
    modules: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setattr(environment, "quietly", lambda command: 1)
    assert checks.pages() == []
    assert "未运行：npm ci 未成功" in capsys.readouterr().out
    assert not list(modules.iterdir())


def test_on_a_build_machine_lighthouse_cannot_be_left_out(modules: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    monkeypatch.setattr(environment, "quietly", lambda command: 1)
    assert [outcome.passed for outcome in checks.pages()] == [False]


@pytest.mark.parametrize(
    ("said", "works"), [("v20.11.1\n", True), ("v18.16.0\n", True), ("v18.15.9\n", False), ("", False)]
)
def test_old_versions_of_node_do_not_count(monkeypatch: pytest.MonkeyPatch, said: str, works: bool) -> None:
    monkeypatch.setattr("shutil.which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: subprocess.CompletedProcess([], 0, stdout=said))
    assert node.works() is works
