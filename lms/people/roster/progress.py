"""How far a roster is while it is being applied, told through a file: its transaction shows nothing before its end."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from uuid import UUID

from django.core.files.storage import default_storage


def teller(uuid: UUID) -> Callable[[int], None]:
    """What keeps the number of rows that are done. A disk that is full costs the number, not the work."""

    def tell(done: int) -> None:
        with suppress(OSError):
            path = _path(uuid)
            path.parent.mkdir(parents=True, exist_ok=True)
            fresh = path.with_suffix(".new")
            fresh.write_text(str(done))
            fresh.replace(path)

    return tell


def told(uuid: UUID) -> int:
    """The number told last; 0 when there is none."""
    try:
        return int(_path(uuid).read_text())
    except (OSError, ValueError):
        return 0


def forget(uuid: UUID) -> None:
    with suppress(OSError):
        _path(uuid).unlink()


def _path(uuid: UUID) -> Path:
    return Path(default_storage.path(f"progress/{uuid}"))
