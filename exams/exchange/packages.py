"""QTI packages among the other formats: how they are told from others, and how their writers answer."""

import re
from collections.abc import Callable, Iterable
from typing import Final

from exams.exchange.decoding import text_of
from exams.exchange.gathering import Written
from exams.exchange.question import Exchanged, NotCarried

_ROOT: Final = re.compile(
    r"<(?:[a-zA-Z][\w.-]*:)?(?:questestinterop|(?:qti-)?assessment-?(?:item|test|section|stimulus))\b", re.IGNORECASE
)
_ZIP: Final = b"PK\x03\x04"


def sniff(data: bytes, name: str) -> bool:
    """Any zip file that nobody else wants, or XML of QTI."""
    if data.startswith(_ZIP):
        return True
    return bool(_ROOT.search(text_of(data)[:20_000]))


def never(data: bytes, name: str) -> bool:
    """A format that is only written."""
    return False


def counted(
    write: Callable[[Iterable[Exchanged]], tuple[bytes, list[NotCarried]]],
) -> Callable[[Iterable[Exchanged]], Written]:
    """A writer that also says how many questions are in the file."""

    def run(questions: Iterable[Exchanged]) -> Written:
        every = list(questions)
        data, behind = write(every)
        return Written(data, len(every) - len(behind), behind, [])

    return run
