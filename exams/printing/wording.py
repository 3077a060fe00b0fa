"""The lines around the questions, alike in PDF and Word."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from exams.markup import bare
from exams.printing.entries import Entry, Sheet


def heading(sheet: Sheet) -> str:
    return _("%(exam)s, paper %(label)s") % {"exam": sheet.exam.title, "label": sheet.paper.label}


def facts(sheet: Sheet) -> str:
    counted = {"n": sheet.questions, "points": f"{sheet.points.normalize():f}", "minutes": sheet.exam.minutes}
    line = _("%(n)s questions, %(points)s points, %(minutes)s minutes") % counted
    return line + "　" + _("With key: not for takers") if sheet.with_key else line


def name_line() -> str:
    """Where a taker writes who it is."""
    blank = "＿" * 8
    return "　".join(
        f"{label}{blank}" for label in (_("Unit"), pgettext("person", "Name"), _("Staff number"), _("Score"))
    )


def answer_line(entry: Entry) -> str:
    """Answer, explanation and basis, as far as there are any."""
    said = [
        (_("Right answer"), entry.answer),
        (_("Explanation"), bare(entry.explanation, entry.markup)),
        (_("Basis"), entry.basis),
    ]
    return "　".join(f"{label}：{text}" for label, text in said if text)
