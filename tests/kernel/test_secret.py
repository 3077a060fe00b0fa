"""The secret key is made once, whatever starts together."""

import threading
from pathlib import Path

from lms.kernel.secret import secret_key


def test_the_key_is_made_once_and_kept(tmp_path: Path) -> None:
    key = secret_key(tmp_path / "data")
    assert len(key) > 60
    assert secret_key(tmp_path / "data") == key
    assert (tmp_path / "data" / "secret_key").stat().st_mode & 0o077 == 0


def test_processes_that_start_together_agree(tmp_path: Path) -> None:
    keys: list[str] = []
    starters = [threading.Thread(target=lambda: keys.append(secret_key(tmp_path))) for _ in range(16)]
    for starter in starters:
        starter.start()
    for starter in starters:
        starter.join()
    assert len(keys) == 16
    assert len(set(keys)) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["secret_key"]
