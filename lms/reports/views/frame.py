"""What every page of completion shows around its own."""

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lms.reports import workbook
from lms.reports.figures import Unit
from lms.reports.queries import Asked
from lms.reports.views.asking import address, trail

PAGES = {
    "completion": gettext_lazy("Completion"),
    "pressing": gettext_lazy("Needs attention"),
    "trend": gettext_lazy("Trend"),
    "grid": gettext_lazy("People × courses"),
    "people": gettext_lazy("Names"),
}


def frame(request: HttpRequest, what: Asked, units: list[Unit], *, current: str) -> dict[str, object]:
    """`current` is the name of the page's address; the other pages of the same units are one tap away."""
    above = trail(what, units)
    plain = {"state": "", "direct": False}
    pages = [(name, str(label)) for name, label in PAGES.items()]
    saved = address("reports:saved", what)
    return {
        "nav_current": "completion",
        "asked": what,
        "pages": [(name == current, label, address(f"reports:{name}", what, **plain)) for name, label in pages],
        "saved": f"{saved}{'&' if '?' in saved else '?'}view={current}",
        "trail": [{"label": unit.name, "url": _of(unit, what, current)} for unit in above[:-1]],
        "here": above[-1].name if above else _("All my units"),
        "all_courses": address(f"reports:{current}", what, course=None) if what.course else "",
        "export": address("reports:export", what),
        "paper": address("reports:paper", what),
        "definition": workbook.definition(),
        "back_to": request.get_full_path(),
    }


def _of(unit: Unit, what: Asked, current: str) -> str:
    return address(f"reports:{current}", what, unit=unit, direct=False, state="")
