"""The installation's secret key: made once, kept beside the data it protects."""

import os
import secrets
import tempfile
from pathlib import Path


def secret_key(data: Path) -> str:
    """Return the key stored in `data`, creating it (readable by the owner only) when there is none.

    Two processes starting together agree on one key: it appears whole, under its name, or not at all.
    """
    path = data / "secret_key"
    if not path.exists():
        data.mkdir(parents=True, exist_ok=True)
        _place(path, secrets.token_urlsafe(64))
    return path.read_text().strip()


def _place(path: Path, key: str) -> None:
    """Link a finished file to its name; whoever came first stays."""
    handle, part = tempfile.mkstemp(dir=path.parent, prefix=".secret-")
    try:
        with os.fdopen(handle, "w") as file:
            file.write(key)
        os.link(part, path)
    except FileExistsError:
        pass
    finally:
        Path(part).unlink()
