"""One folder of state serves one running copy, and remembers which code prepared it."""

from pathlib import Path

import pytest

from lms.launcher import state
from lms.launcher.run import BUSY


def test_a_second_copy_on_the_same_folder_is_refused_with_a_sentence(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with state.held(data, BUSY), pytest.raises(SystemExit), state.held(data, BUSY):
        pass
    assert "请先停止它，或用 LIDIAN_DATA 指定另一个文件夹" in capsys.readouterr().err


def test_the_folder_is_free_again_when_its_copy_has_ended(data: Path) -> None:
    with state.held(data, BUSY):
        pass
    with state.held(data, BUSY):
        pass


def test_a_folder_prepared_by_this_code_is_not_prepared_again(data: Path) -> None:
    state.remember_prepared(data, demo=True)
    assert state.prepared(data, demo=True)


def test_a_folder_is_prepared_again_for_another_database(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    state.remember_prepared(data, demo=True)
    monkeypatch.setenv("DATABASE_URL", "postgres://somewhere/else")
    assert not state.prepared(data, demo=True)


def test_a_folder_is_prepared_again_when_the_code_changed(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    state.remember_prepared(data, demo=True)
    monkeypatch.setattr(state, "fingerprint", lambda: "another")
    assert not state.prepared(data, demo=True)


def test_the_database_password_is_not_kept(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://lidian:open-sesame@db/lidian")
    state.remember_prepared(data, demo=False)
    assert "open-sesame" not in (data / "prepared.json").read_text()
