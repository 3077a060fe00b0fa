"""A paper as PDF/UA-1."""

from django.template.loader import render_to_string

from exams import media
from exams.markup import rendered
from exams.printing.entries import Entry, Sheet
from exams.printing.wording import answer_line, facts, heading, name_line
from lms.kernel import press

STYLE = "exams/print/paper.css"


def pdf(sheet: Sheet) -> bytes:
    """A4, with a header for the name; questions are not broken over pages where they fit."""
    entries = [_shown(entry) for entry in sheet.entries]
    head = {"heading": heading(sheet), "facts": facts(sheet), "name_line": name_line()}
    html = render_to_string("exams/print/paper.html", {"sheet": sheet, "entries": entries, **head})
    return press.document(html, style=STYLE, assets=_pictures(sheet))


def _shown(entry: Entry) -> dict[str, object]:
    return {
        "entry": entry,
        "stem": rendered(entry.body.stem, entry.markup, _address, inline=True),
        "lines": [rendered(line, entry.markup, _address, inline=True) for line in entry.body.lines],
        "key": answer_line(entry),
        "image": _address(entry.body.image) if entry.body.image else "",
        "writing": range(entry.body.writing),
    }


def _address(name: str) -> str:
    return f"asset:{name}"


def _pictures(sheet: Sheet) -> press.Assets:
    return {name: (media.data(name), mime) for name, mime in sheet.pictures.items()}
