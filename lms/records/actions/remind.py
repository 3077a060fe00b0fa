"""Remind a person of what they have to learn."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from lms.journal.actions import write
from lms.notices.actions import send
from lms.people.models import Person
from lms.records.models import Enrolment
from lms.records.queries.tasks import Task, due_tasks


@transaction.atomic
def remind(
    *, person: Person | None = None, enrolment: Enrolment | None = None, by: Person | None, at: datetime
) -> bool:
    """Tell a person once a day, in the inbox and by mail, what is still to be done: everything, or one enrolment.

    False when there is nothing to do or they were already reminded today (local day), by whomever.
    """
    reminded = person or (enrolment.person if enrolment else None)
    if reminded is None:
        raise TypeError("remind() needs a person or an enrolment")
    tasks = [task for task in due_tasks(reminded, at) if enrolment is None or task.enrolment.pk == enrolment.pk]
    tasks = [task for task in tasks if task.required] or tasks
    if not tasks:
        return False
    key = f"reminder:{reminded.pk}:{timezone.localdate(at)}"
    if send("reminder", to=reminded, context=_context(tasks), key=key, at=at) is None:
        return False
    write("reminded", by=by, at=at, payload={"courses": [task.course.pk for task in tasks]}, about=reminded)
    return True


def _context(tasks: list[Task]) -> dict[str, object]:
    """Names the first course; the rest is a number. Dates are ISO texts, None when there is none."""
    first = tasks[0]
    return {
        "course": first.title,
        "course_uuid": str(first.course.uuid),
        "due_at": first.due_at.isoformat() if first.due_at else None,
        "count": len(tasks),
        "lessons_left": first.total - first.done,
        "courses": [
            {"title": task.title, "due_at": task.due_at.isoformat() if task.due_at else None} for task in tasks
        ],
    }
