"""The style sheets: joined, small, and readable by the web views of old phones."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CSS = ROOT / "static" / "css"
BUNDLES = ("app.css", "desk.css")
SOURCES = sorted(path for path in CSS.rglob("*.css") if path.name not in BUNDLES)
TOO_NEW = (
    "@layer",
    ":has(",
    "@container",
    "color-mix(",
    "inset:",
    "aspect-ratio",
    "backdrop-filter",
    "margin-inline",
    ":is(",
)


def test_the_joined_style_sheets_are_current() -> None:
    assert subprocess.run([sys.executable, CSS / "build.py", "--check"], check=False).returncode == 0


def test_a_learner_loads_at_most_40_kib_of_styles_and_the_desk_adds_12() -> None:
    assert (CSS / "app.css").stat().st_size <= 40 * 1024
    assert (CSS / "desk.css").stat().st_size <= 12 * 1024


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_old_web_views_understand_every_rule(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not [feature for feature in TOO_NEW if feature in text]
    assert not re.search(r"[^@{}]*\{[^{}@]*&", text), "nesting"


@pytest.mark.parametrize("path", [path for path in SOURCES if path.name != "tokens.css"], ids=lambda path: path.name)
def test_colours_are_tokens(path: Path) -> None:
    allowed = {"#fff", "#095a4d"}  # white on photographs and on the accent, the accent's own dark shade
    assert set(re.findall(r"#[0-9a-f]{3,8}\b", path.read_text(encoding="utf-8"))) <= allowed
