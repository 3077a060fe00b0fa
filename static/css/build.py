"""Joins the style sheets into the two files that pages load: ``app.css`` (everyone), ``desk.css`` (the desk, on top).
``media.css`` is loaded as it is, by lessons that have media.

One request instead of twenty, and no tool to install. Run it after a change; ``--check`` only says whether the joined
files are current.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
FIRST = ("tokens.css", "base.css", "layout.css")
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


def parts(bundle: str) -> list[Path]:
    """The source files of a bundle in cascade order."""
    if bundle == "desk.css":
        return sorted((HERE / "desk").glob("*.css"))
    return [HERE / name for name in FIRST] + sorted((HERE / "components").glob("*.css"))


def joined(bundle: str) -> str:
    """The bundle's text without comments and needless white space, one rule per line."""
    text = COMMENT.sub("", "\n".join(path.read_text(encoding="utf-8") for path in parts(bundle)))
    text = re.sub(r"\s*([{};])\s*", r"\1", re.sub(r"\s*([,>])\s+", r"\1", text))
    text = re.sub(r"([{;][a-z-]+):\s+", r"\1:", text.replace(";}", "}"))
    return re.sub(r"(?<=[\s:,(-])0\.", ".", text).strip().replace("}", "}\n")


def main(arguments: list[str]) -> int:
    """Writes both bundles, or with ``--check`` returns 1 when one of them is stale."""
    stale = False
    for bundle in ("app.css", "desk.css"):
        target, text = HERE / bundle, joined(bundle)
        if "--check" in arguments:
            stale = stale or not target.exists() or target.read_text(encoding="utf-8") != text
        else:
            target.write_text(text, encoding="utf-8")
    return int(stale)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
