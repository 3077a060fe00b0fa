"""From a file to rows, by the first reader that knows the format."""

from django.utils.translation import gettext as _

from exams.imports.readers import READERS
from exams.imports.rows import Reading, Unreadable
from exams.imports.workbook import MAX_ROWS, sheets


def read(data: bytes, *, format: str = "auto") -> Reading:
    """The rows of a file. Raises Unreadable with one sentence."""
    opened = sheets(data)
    for reader in READERS:
        if format in ("auto", reader.key):
            reading = reader.read(opened)
            if reading is not None:
                return _checked(reading)
    raise Unreadable(
        _(
            "No header was found in the first five rows. The columns 题型, 题干 and 正确答案 are needed; "
            "please use our template."
        )
    )


def formats() -> list[str]:
    return ["auto", *(reader.key for reader in READERS)]


def _checked(reading: Reading) -> Reading:
    if len(reading.rows) > MAX_ROWS:
        raise Unreadable(
            _("The sheet “%(name)s” has more than 5,000 rows of questions. Please split it.") % {"name": reading.sheet}
        )
    if not reading.rows:
        raise Unreadable(_("There are no questions below the header."))
    return reading
