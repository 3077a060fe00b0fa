"""Who could decide where a review stands, and what waits although nobody could."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from wagtail.models import TaskState

from cms import steps
from cms.steps import DECIDED, PERMISSION, ROLE, Step
from lms.people.access import holders
from lms.people.models import OrgUnit, Person
from lms.people.queries import current_post


@dataclass(frozen=True)
class Waiting:
    """A page whose step nobody may decide; `role`: what somebody else would need."""

    title: str
    step: str
    role: str


def reviewers(task_state: TaskState, *, at: datetime) -> list[Person]:
    """Whoever may decide this step: no author, past or present, not who submitted it, and nobody who decided another
    step of this review."""
    review = task_state.workflow_state
    page = review.content_object
    unit = owners_unit(task_state)
    if unit is None:
        return []
    decided = review.task_states.filter(status__in=DECIDED).exclude(task=task_state.task)
    barred = {page.owner_id, review.requested_by_id, *page.co_authors.values_list("person", flat=True)}
    barred |= set(decided.values_list("finished_by", flat=True))
    people = holders(PERMISSION[step_of(task_state)], within=unit, at=at)
    return [person for person in people if person.pk not in barred]


def unattended(*, within: QuerySet[OrgUnit], at: datetime) -> list[Waiting]:
    """What waits in vain, of owners who work in these units, the longest first."""
    units = set(within.values_list("pk", flat=True))
    return [_waiting(state) for state in _current() if _in_vain(state, units, at)]


def role_for(task_state: TaskState) -> str:
    """The role that decides this step."""
    return str(ROLE[step_of(task_state)].label)


def step_of(task_state: TaskState) -> Step:
    return Step(task_state.task.specific.step)


def owners_unit(task_state: TaskState) -> OrgUnit | None:
    """Where the owner of the page works; None for a page of nobody who works here."""
    owner = task_state.workflow_state.content_object.owner
    post = current_post(owner) if owner else None
    return post.unit if post else None


def _current() -> Iterator[TaskState]:
    states = steps.running().select_related("current_task_state__task", "current_task_state__workflow_state")
    for review in states.order_by("created_at", "pk"):
        if review.current_task_state is not None and review.content_object is not None:
            yield review.current_task_state


def _in_vain(state: TaskState, units: set[int], at: datetime) -> bool:
    unit = owners_unit(state)
    return unit is not None and unit.pk in units and not reviewers(state, at=at)


def _waiting(state: TaskState) -> Waiting:
    title = state.workflow_state.content_object.get_admin_display_title()
    return Waiting(title, str(step_of(state).label), role_for(state))
