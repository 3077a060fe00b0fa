"""From a file to rows, by the first reader that knows the format."""

from django.utils.translation import gettext as _

from exams.imports.readers import READERS
from exams.imports.readers.formats import FORMATS
from exams.imports.rows import Reading, Unreadable
from exams.imports.workbook import HEADER_WITHIN, MAX_ROWS, Sheet, sheets
from exams.rules import normalise


def read(data: bytes, *, format: str = "auto") -> Reading:
    """The rows of a workbook. Raises Unreadable with one sentence."""
    return read_sheets(sheets(data), format=format)


def read_sheets(opened: list[Sheet], *, format: str = "auto") -> Reading:
    """The same, of tables that are read already."""
    for reader in READERS:
        if format in ("auto", reader.key):
            reading = reader.read(opened)
            if reading is not None:
                return _checked(reading)
    _say_what_is_lacking(opened)
    raise Unreadable(
        _(
            "No header was found in the first five rows. The columns 题型, 题干 and 正确答案 are needed; "
            "please use our template."
        )
    )


def formats() -> list[str]:
    return ["auto", *(reader.key for reader in READERS)]


def _say_what_is_lacking(opened: list[Sheet]) -> None:
    """Raise Unreadable for a header that nearly is one."""
    for sheet in opened:
        for number, row in enumerate(sheet.rows[:HEADER_WITHIN], 1):
            header = [normalise.header(name) for name in row]
            columns = next(filter(None, (format.lacking(header) for format in FORMATS.values())), None)
            if columns:
                where = {"sheet": sheet.name, "row": number, "columns": "、".join(columns)}
                raise Unreadable(_("Row %(row)s of the sheet “%(sheet)s” lacks these columns: %(columns)s.") % where)


def _checked(reading: Reading) -> Reading:
    if len(reading.rows) > MAX_ROWS:
        raise Unreadable(
            _("The sheet “%(name)s” has more than 5,000 rows of questions. Please split it.") % {"name": reading.sheet}
        )
    if not reading.rows:
        raise Unreadable(_("There are no questions below the header."))
    return reading
