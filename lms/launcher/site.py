"""What one start of the platform is."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Site:
    """Where the state lies and how people reach it."""

    data: Path
    port: int
    https: bool
    demo: bool
    lan: str | None

    @property
    def scheme(self) -> str:
        return "https" if self.https else "http"
