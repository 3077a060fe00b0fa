"""The formats we read, in the order in which they are tried."""

from collections.abc import Sequence
from typing import Protocol

from exams.imports.readers.columns import ColumnsReader
from exams.imports.rows import Reading


class Reader(Protocol):
    """Turns a file into rows."""

    @property
    def key(self) -> str: ...

    def read(self, data: bytes) -> Reading | None:
        """The rows, or None when the file is of another format. Raises Unreadable."""


READERS: Sequence[Reader] = [ColumnsReader()]
