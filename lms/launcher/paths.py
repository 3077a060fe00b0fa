"""Where things are: the checkout, its environment, and the folder of all state."""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"

# What LIDIAN_DATA holds beside the uploads; lms.settings names the same files.
DATABASE = "lidian.sqlite3"
QUEUE = "queue.sqlite3"
BEAT = "beat-schedule"  # shelve adds endings of its own
LOCK = "running.lock"
PREPARED = "prepared.json"
LOGS = "logs"
BACKUPS = "backups"


def data_folder() -> Path:
    """LIDIAN_DATA, relative to where the command was called; without it, var/ in the checkout."""
    return Path(os.environ.get("LIDIAN_DATA") or ROOT / "var").expanduser().absolute()
