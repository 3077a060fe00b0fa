"""The demo's texts: YAML files beside this module."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

CONTENT = Path(__file__).parent / "content"
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # ten times as fast where libyaml came with PyYAML


@cache
def load(name: str) -> Any:
    """One file of the content folder, e.g. `company.yaml` or `s4/course.yaml`."""
    return yaml.load((CONTENT / name).read_text(encoding="utf-8"), Loader=LOADER)


def written_courses() -> list[str]:
    """Folders of the courses that have lessons."""
    return sorted(path.parent.name for path in CONTENT.glob("*/course.yaml"))
