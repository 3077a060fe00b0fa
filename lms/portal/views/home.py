"""首页: the next thing to do, and what is due."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lms.kernel import clock
from lms.news.queries import to_sign
from lms.notices.models import Notice
from lms.notices.rendering import Shown
from lms.notices.rendering import render as render_notice
from lms.people.login import login_required
from lms.people.models import Person
from lms.portal.views.learner import learner
from lms.records import queries
from lms.records.queries import Task

NOTICES_SHOWN = 3


@dataclass(frozen=True)
class Counts:
    """待学 · 待考 · 即将到期 · 逾期."""

    study: int
    sit: int
    soon: int
    overdue: int


@login_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    person, at = learner(request), clock.now()
    tasks = queries.due_tasks(person, at)
    unread = list(Notice.objects.filter(person=person).unread()[: NOTICES_SHOWN + 1])
    context: dict[str, Any] = {
        "nav_current": "home",
        "first": tasks[0] if tasks else None,
        "others": tasks[1:],
        "counts": _counts(tasks),
        "notices": [_shown(notice, person) for notice in unread[:NOTICES_SHOWN]],
        "to_sign": to_sign(person),
        "at": at,
    }
    if len(unread) <= NOTICES_SHOWN:
        context["unread_notices"] = len(unread)  # all of them are here: the bell need not count
    return render(request, "portal/home.html", context)


def _counts(tasks: Sequence[Task]) -> Counts:
    exams = sum(bool(task.next and task.next.is_exam) for task in tasks)
    return Counts(
        study=len(tasks) - exams,
        sit=exams,
        soon=sum(task.due.state == "soon" for task in tasks),
        overdue=sum(task.due.state == "overdue" for task in tasks),
    )


def _shown(notice: Notice, person: Person) -> tuple[Notice, Shown]:
    notice.person = person
    return notice, render_notice(notice)
