"""首页: the one most urgent thing, then what else is due, then news."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from exams.models import Attempt
from exams.queries import mine
from exams.queries.mine import Mine
from exams.queries.practice_today import offered
from lms.kernel import clock
from lms.kernel.prepared import Key, Prepared
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
    running = mine.running(person, at=at)
    tasks = queries.due_tasks(person, at)
    todo, waiting = _split(tasks, _closed_exams(person, tasks, at))
    first = todo[0] if todo and running is None else None
    unread = _UNREAD.all(person=person.pk)
    context: dict[str, Any] = {
        "nav_current": "home",
        "running": running,
        "first": first,
        "others": [task for task in todo if task is not first and not _is_running(task, running)],
        "waiting": waiting,
        "counts": _counts(tasks),
        "notices": [_shown(notice, person) for notice in unread[:NOTICES_SHOWN]],
        "to_sign": to_sign(person),
        "practice": offered(person, day=localdate(at)),
        "external": person.is_external,
        "at": at,
    }
    if len(unread) <= NOTICES_SHOWN:
        context["unread_notices"] = len(unread)  # all of them are here: the bell need not count
    return render(request, "portal/home.html", context)


_UNREAD = Prepared(lambda: Notice.objects.filter(person=Key("person")).unread()[: NOTICES_SHOWN + 1])


def _closed_exams(person: Person, tasks: Sequence[Task], at: datetime) -> dict[int, Mine]:
    """By lesson: exams that may not be sat now. Asked only when an exam is what comes next somewhere."""
    if not any(task.next and task.next.is_exam for task in tasks):
        return {}
    groups = mine.exams_of(person, [task.enrolment for task in tasks], at=at)
    open_now = {one.exam.lesson_id for one in [*groups.running, *groups.now]}  # its make-up exam, maybe
    closed = [one for one in [*groups.done, *groups.later] if one.exam.lesson_id not in open_now]
    return {one.exam.lesson_id: one for one in closed if one.exam.lesson_id}


def _split(tasks: Sequence[Task], closed: dict[int, Mine]) -> tuple[list[Task], list[tuple[Task, Mine]]]:
    """What can be done now, and what waits for an exam to open or for a result."""
    todo: list[Task] = []
    waiting: list[tuple[Task, Mine]] = []
    for task in tasks:
        exam = closed.get(task.next.lesson) if task.next else None
        if exam is None:
            todo.append(task)
        else:
            waiting.append((task, exam))
    return todo, waiting


def _is_running(task: Task, running: Attempt | None) -> bool:
    return running is not None and task.enrolment.pk == running.enrolment_id


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
