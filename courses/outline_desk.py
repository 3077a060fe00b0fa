"""The outline of a course on one screen: see it, arrange it, add to it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cms import ownership
from courses import actions, outline
from courses.arrangement import Heading, Row, Rows, fingerprint, merged, named, shifted
from courses.models import CoursePage, new_key
from courses.outline import Line
from courses.works import visible_work
from lms.kernel import clock

LONGEST_TITLE = 255
MOST_ROWS = 1000
STEPS = {"up": -1, "down": 1}


@dataclass(frozen=True)
class Asked:
    """What the form wants: the rows, the lesson to add under a module, and the row the eyes are on."""

    rows: Rows
    lesson: str = ""
    under: str = ""
    at: str = ""


@require_http_methods(["GET", "POST"])
def course_outline(request: HttpRequest, page_id: int) -> HttpResponse:
    """Authors arrange it while it is not with the reviewers; whoever may see the course sees it."""
    page = get_object_or_404(CoursePage, pk=visible_work(request, page_id).pk)
    if request.method == "GET":
        return _shown(request, page)
    if not ownership.is_author(request.user, page):
        return _shown(request, page, problem=_("Only its authors can change the outline."), status=403)
    rows = _rows(request.POST)
    try:
        return _arranged(request, page, _asked(request.POST, rows))
    except ValidationError as problem:
        return _shown(request, page, rows, problem=" ".join(problem.messages), status=400)
    except actions.OutlineChanged:
        said = _(
            "Not saved: somebody changed this outline at the same time. Below is your arrangement with what is new in "
            "it. Please look it over and save it again."
        )
        return _shown(request, page, rows, problem=said, status=409)


def _arranged(request: HttpRequest, page: CoursePage, asked: Asked) -> HttpResponse:
    person: Any = request.user
    seen = request.POST.get("seen", "")
    actions.arrange_course(
        page=page, wanted=asked.rows, seen=seen, by=person, at=clock.now(), new_lesson=asked.lesson, under=asked.under
    )
    messages.success(request, _("Saved. Learners see it once it has been reviewed."))
    address = reverse("courses_desk:outline", args=[page.pk])
    return HttpResponseRedirect(f"{address}#{asked.at}" if asked.at else address)


def _asked(sent: QueryDict, rows: Rows) -> Asked:
    """What the button that was pressed does to the rows. Raises ValidationError."""
    if any(isinstance(row, Heading) and not row.title for row in rows):
        raise ValidationError(_("Please give every module a title."))
    if "add_module" in sent:
        key = new_key()
        return Asked((*rows, Heading(key, _title(sent, "new_module"))), at=f"m:{key}")
    if "add_lesson" in sent:
        return Asked(rows, lesson=_title(sent, "new_lesson"), under=_known(rows, sent.get("under", "")), at="add")
    if "remove" in sent:
        return Asked(tuple(row for row in rows if named(row) != f"m:{sent['remove']}"))
    direction, _colon, name = sent.get("move", "").partition(":")
    return Asked(shifted(rows, name, STEPS[direction]) if direction in STEPS else rows, at=name)


def _known(rows: Rows, key: str) -> str:
    return key if any(isinstance(row, Heading) and row.key == key for row in rows) else ""


def _title(sent: QueryDict, name: str) -> str:
    title = " ".join(sent.get(name, "").split())
    if not title:
        raise ValidationError(_("Please write a title first."))
    if len(title) > LONGEST_TITLE or "\0" in title:
        raise ValidationError(_("A title has at most %(count)d characters.") % {"count": LONGEST_TITLE})
    return title


def _rows(sent: QueryDict) -> Rows:
    """The rows of the form in order, titles cut to what fits; what is not a row is left out."""
    return tuple(dict.fromkeys(_read(sent, sent.getlist("row")[:MOST_ROWS])))


def _read(sent: QueryDict, names: list[str]) -> Iterator[Row]:
    for name in names:
        kind, _colon, value = name.partition(":")
        if kind == "l" and value.isascii() and value.isdigit() and len(value) < 19:
            yield int(value)
        elif kind == "m" and value:
            title = " ".join(sent.get(f"title:{value}", "").replace("\0", "").split())
            yield Heading(value[:LONGEST_TITLE], title[:LONGEST_TITLE])


def _shown(
    request: HttpRequest, page: CoursePage, wanted: Rows | None = None, problem: str = "", status: int = 200
) -> HttpResponse:
    """The outline as it is, or as somebody wanted it, on top of what there is by now."""
    present, lines = outline.lines(page)
    rows = present if wanted is None else merged(wanted, present)
    lock = page.get_lock()
    locked = lock is not None and lock.for_user(request.user)
    context = {
        "page": page,
        "rows": [_row(row, lines) for row in rows],
        "modules": [row for row in rows if isinstance(row, Heading)],
        "seen": request.POST.get("seen", "") if status == 400 else fingerprint(present),
        "problem": problem,
        "sent": request.POST,
        "locked": locked,
        "editable": ownership.is_author(request.user, page) and not locked,
        "characters": sum(line.characters for line in lines.values()),
        "minutes": sum(line.minutes for line in lines.values()),
    }
    return render(request, "courses/admin/outline.html", context, status=status)


def _row(row: Row, lines: dict[int, Line]) -> dict[str, Any]:
    if isinstance(row, Heading):
        return {"name": named(row), "heading": row, "title": row.title}
    return {"name": named(row), "line": lines[row], "title": lines[row].title}
