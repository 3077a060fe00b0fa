"""A bundle says for what machine it was made, and refuses another with a sentence instead of pip's."""

import dataclasses
from pathlib import Path
from types import SimpleNamespace

import pytest

from lms.launcher import bundle, environment, offline
from lms.launcher.offline import Card
from lms.launcher.paths import ROOT

CARD = Card("0123456789ab", "3.11", "linux x86_64", "2.28", ("libpango-1.0-0",), 900_000_000)
HERE = {"python": "3.11", "system": "linux x86_64", "glibc": "2.36"}


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ({"python": "3.12"}, "适用于 Python 3.11，这里只有 Python 3.12"),
        ({"system": "linux aarch64"}, "适用于 linux x86_64，这台机器是 linux aarch64"),
        ({"glibc": "2.17"}, "需要 glibc 2.28 或更高版本，这台机器是 2.17"),
        ({"glibc": ""}, "需要 glibc 2.28 或更高版本，这台机器是 其他 C 库"),
    ],
)
def test_another_machine_is_refused_with_one_sentence(other: dict[str, str], said: str) -> None:
    (reason,) = offline.misfits(CARD, **{**HERE, **other})
    assert said in reason


def test_the_same_kind_of_machine_is_welcome() -> None:
    assert not list(offline.misfits(CARD, **HERE))


def test_a_full_disk_is_named_with_what_is_needed_and_what_is_free(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda folder: SimpleNamespace(free=300_000_000))
    said = offline.too_little(tmp_path / "not" / "there", CARD.space)
    assert f"{tmp_path} 需要 0.9 GB，可用 0.3 GB" in said
    assert offline.too_little(tmp_path, 300_000_000) == ""


def test_the_card_is_read_as_it_was_written(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(offline, "CARD", tmp_path / "bundle.json")
    assert offline.card() is None
    offline.write(CARD, tmp_path / "bundle.json")
    assert offline.card() == CARD
    (tmp_path / "bundle.json").write_text("{")
    with pytest.raises(SystemExit):
        offline.card()


def test_nothing_is_installed_where_the_bundle_does_not_fit(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(offline, "CARD", tmp_path / "bundle.json")
    monkeypatch.setattr(environment, "installed", dict)
    monkeypatch.setattr(environment, "create", lambda: pytest.fail("created"))
    monkeypatch.setattr(environment, "install", lambda names: pytest.fail("installed"))
    offline.write(dataclasses.replace(CARD, system="plan9 mips"), tmp_path / "bundle.json")
    with pytest.raises(SystemExit):
        environment.provide("requirements.txt")
    assert "plan9 mips" in capsys.readouterr().err


def test_the_wheels_decide_which_glibc_is_needed() -> None:
    wheels = [
        "a-1-cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64.whl",
        "b-1-cp311-abi3-manylinux_2_34_x86_64.manylinux_2_28_x86_64.whl",
        "c-1-cp311-cp311-manylinux2014_x86_64.whl",
        "d-1-py3-none-any.whl",
    ]
    assert offline.glibc_of(wheels) == "2.28"
    assert offline.glibc_of(["d-1-py3-none-any.whl"]) == ""


def test_every_patch_level_of_a_python_finds_its_versions() -> None:
    locked = (ROOT / "requirements.txt").read_text()
    whole, *single = bundle.requirement_sets(locked)
    assert whole == locked
    assert len(single) == locked.count("python_full_version")
    assert all("--hash=sha256:" in text and ";" not in text for text in single)


def test_only_what_running_needs_comes_from_the_wheels(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(offline, "WHEELS", tmp_path)
    assert offline.brings_wheels(["requirements.txt"])
    assert not offline.brings_wheels(["requirements.txt", "requirements-dev.txt"])
    monkeypatch.setattr(offline, "WHEELS", tmp_path / "none")
    assert not offline.brings_wheels(["requirements.txt"])


def test_packing_is_not_begun_on_a_full_disk(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda folder: SimpleNamespace(free=1_000_000))
    monkeypatch.setattr(bundle, "build", lambda target, servers: pytest.fail("begun"))
    with pytest.raises(SystemExit):
        bundle.command(tmp_path / "bundles", servers=False)
    assert "磁盘空间不足" in capsys.readouterr().err
