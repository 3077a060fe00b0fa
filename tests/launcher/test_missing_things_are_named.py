"""What the machine lacks is named first; without the right to install it, the exact command is printed."""

import pytest

from lms.launcher import system
from lms.launcher.system import Need

PANGO = Need("证书 PDF 排版 (Pango)", ("libpango-1.0-0", "libpangoft2-1.0-0"), lambda: False)


def test_without_the_right_to_install_the_command_is_printed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(system, "apt_get", lambda: None)
    monkeypatch.setattr("shutil.which", lambda name: "/usr/bin/apt-get")
    with pytest.raises(SystemExit):
        system.provide([PANGO])
    said = capsys.readouterr()
    assert "证书 PDF 排版 (Pango)" in said.out
    assert "apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0" in said.err


def test_what_is_missing_is_installed_where_that_is_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    installed: list[str] = []
    monkeypatch.setattr(system, "apt_get", lambda: ["apt-get"])
    monkeypatch.setattr(system, "install", lambda packages, apt: installed.extend(packages))
    system.provide([Need("Pango", ("libpango-1.0-0",), lambda: bool(installed))])
    assert installed == ["libpango-1.0-0"]


def test_a_machine_that_has_everything_installs_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(system, "apt_get", lambda: pytest.fail("asked"))
    system.provide([Need("Pango", ("libpango-1.0-0",), lambda: True)])
    assert capsys.readouterr().out == ""
