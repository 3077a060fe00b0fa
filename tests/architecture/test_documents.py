"""What the documents point to is there, and their pictures stay small."""

import re
from pathlib import Path

import pytest

from lms.launcher.paths import ROOT

DOCUMENTS = [ROOT / "README.md", ROOT / "deploy/README.md", *sorted((ROOT / "docs").rglob("*.md"))]
LINK = re.compile(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)|<img src=\"([^\"]+)\"")
PICTURES = sorted((ROOT / "docs/images").glob("*.png"))


def links(document: Path) -> list[Path]:
    found = LINK.findall(document.read_text(encoding="utf-8"))
    return [(document.parent / (link or image)).resolve() for link, image in found]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(document: Path) -> None:
    assert [str(path) for path in links(document) if not path.exists()] == []


def test_pictures_are_few_small_and_shown() -> None:
    shown = {path for document in DOCUMENTS for path in links(document)}
    assert [path.name for path in PICTURES if path not in shown] == []
    assert len(PICTURES) <= 20
    assert [path.name for path in PICTURES if path.stat().st_size > 60_000] == []
