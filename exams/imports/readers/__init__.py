"""The formats we read, in the order in which they are tried."""

from collections.abc import Sequence
from typing import Protocol

from exams.imports.readers.columns import ColumnsReader
from exams.imports.readers.formats import FORMATS, OPTION_ROWS
from exams.imports.readers.option_rows import OptionRowsReader
from exams.imports.rows import Reading
from exams.imports.workbook import Sheet


class Reader(Protocol):
    """Turns the sheets of a file into rows."""

    @property
    def key(self) -> str: ...

    def read(self, sheets: list[Sheet]) -> Reading | None:
        """The rows, or None when the file is of another format."""


READERS: Sequence[Reader] = [
    OptionRowsReader(),
    *(ColumnsReader(format) for format in FORMATS.values() if format is not OPTION_ROWS),
]
