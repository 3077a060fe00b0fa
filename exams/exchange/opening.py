"""From a file of any format to rows that can be checked, previewed and stored."""

from django.utils.translation import gettext as _

from exams.exchange.decoding import MAX_BYTES
from exams.exchange.registry import FORMATS, readable, recognised
from exams.exchange.unreadable import Unreadable
from exams.imports.exchanged import reading
from exams.imports.readers.formats import FORMATS as WORKBOOKS
from exams.imports.rows import Reading


def open_file(data: bytes, *, name: str = "", format: str = "auto") -> Reading:
    """The rows of a file; the format is told by its content when nobody names it. Raises Unreadable."""
    if len(data) > MAX_BYTES:
        raise Unreadable(_("The file is larger than 10 MB. Please split it."))
    if not data.strip():
        raise Unreadable(_("The file is empty."))
    found = recognised(data, name) if format == "auto" else FORMATS[format]
    if found is None or found.read is None:
        labels = "、".join(str(each.label) for each in readable())
        raise Unreadable(_("This file is of none of these formats: %(formats)s.") % {"formats": labels})
    made = found.read(data, name)
    return made if isinstance(made, Reading) else reading(made)


def label_of(format: str) -> str:
    """What people call the format of a reading: a kind of workbook, or another file."""
    known = WORKBOOKS.get(format) or FORMATS["qti" if format.startswith("qti") else format]
    return str(known.label)
