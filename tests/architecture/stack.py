"""The stack as pyproject.toml states it: one place, read by the tests that keep the code true to it."""

import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WIRING = 0


def rows() -> list[list[str]]:
    """The layers from the top; packages of one row are siblings."""
    config = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    (contract,) = config["tool"]["importlinter"]["contracts"]
    return [[name.strip() for name in row.replace("|", ":").split(":")] for row in contract["layers"]]


def height() -> dict[str, int]:
    """Package → how high it stands; siblings share a height."""
    layers = rows()
    return {name: len(layers) - index for index, row in enumerate(layers) for name in row}


def app_height() -> dict[str, int]:
    """App label → height."""
    return {name.rsplit(".", 1)[-1]: value for name, value in height().items()}


def sources() -> list[Path]:
    """Our Python files, without migrations."""
    folders = ("lms", "courses", "exams", "certificates", "cms")
    found = (path for folder in folders for path in (ROOT / folder).rglob("*.py"))
    return [path for path in found if "migrations" not in path.parts]
