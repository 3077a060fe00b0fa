"""What a request asks to see, checked against the viewer's scope of today."""

from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpRequest, QueryDict
from django.urls import reverse

from lms.people.models import Person
from lms.reports import figures, queries
from lms.reports.figures import Bar, Unit
from lms.reports.queries import Asked


def viewer(request: HttpRequest) -> Person:
    assert isinstance(request.user, Person)
    return request.user


def scope(request: HttpRequest) -> list[Unit]:
    """The units of the viewer's scope; without any the page does not exist for them."""
    units = queries.units_in_scope(viewer(request))
    if not units:
        raise Http404
    return units


def around(request: HttpRequest) -> tuple[list[Unit], bool]:
    """The units a page of figures needs, and whether the roll-ups hold everything."""
    code = request.GET.get("unit", "")
    if "\0" in code:
        raise Http404
    units, folded = queries.around(viewer(request), code)
    if not units:
        raise Http404
    return units, folded


def asked(sent: QueryDict, units: Sequence[Unit]) -> Asked:
    """Unknown or foreign units and courses answer 404; other nonsense asks for nothing."""
    try:
        unit = figures.choose(units, sent.get("unit", ""))
        course = UUID(sent.get("course", "")) if sent.get("course") else None
    except (LookupError, ValueError):
        raise Http404 from None
    state = sent.get("state", "")
    return Asked(
        unit=unit,
        direct=unit is not None and sent.get("direct") == "1",
        course=course,
        required=sent.get("required") == "1",
        state=state if state in queries.STATES else "",
    )


def address(view: str, what: Asked, **changes: object) -> str:
    """The address of a page that shows this, with changes."""
    what = replace(what, **changes)  # type: ignore[arg-type]
    parts = {
        "unit": what.unit.code if what.unit else "",
        "direct": "1" if what.direct else "",
        "course": str(what.course or ""),
        "required": "1" if what.required else "",
        "state": what.state,
    }
    query = urlencode({name: value for name, value in parts.items() if value})
    return f"{reverse(view)}?{query}" if query else reverse(view)


def opens(bar: Bar, what: Asked, units: Sequence[Unit]) -> str:
    """Where a bar leads: into the unit, to its names, or to one course."""
    if bar.opens == "course":
        return address("reports:completion", what, course=UUID(bar.key))
    unit = figures.choose(units, bar.key)
    view = "reports:completion" if bar.opens == "unit" else "reports:people"
    return address(view, what, unit=unit, direct=bar.direct)


def trail(what: Asked, units: Sequence[Unit]) -> list[Unit]:
    """The units in scope above and including the one shown, from the top."""
    path = what.unit.path if what.unit else ""
    return [unit for unit in units if path.startswith(unit.path)]
