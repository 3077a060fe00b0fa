"""Telling people about reviews: reviewers what awaits them, authors how it ended."""

from datetime import datetime
from typing import Any

from django.db import transaction
from wagtail.models import Page, TaskState, WorkflowState

from cms.steps import DECIDED, PERMISSION, Step
from lms.notices.actions import send
from lms.people.access import Perm, holders
from lms.people.models import OrgUnit, Person
from lms.people.queries import current_post


@transaction.atomic
def announce_submission(*, task_state: TaskState, at: datetime) -> None:
    """Everyone who may decide this step; when nobody may, those who can grant its role."""
    page = task_state.workflow_state.content_object
    post = current_post(page.owner) if page.owner else None
    if post is None:
        return
    step = Step(task_state.task.specific.step)
    submitter = task_state.workflow_state.requested_by
    context = _context(page) | {"by": submitter.name if submitter else "", "step": step.value}
    reviewers = _reviewers(task_state, step, post.unit, at)
    kind = "review_requested" if reviewers else "review_unattended"
    for person in reviewers or holders(Perm.ROLES_GRANT, within=post.unit, at=at):
        send(kind, to=person, context=context, key=f"{kind}:{task_state.pk}:{person.pk}", at=at)


def _reviewers(task_state: TaskState, step: Step, unit: OrgUnit, at: datetime) -> list[Person]:
    """No author, past or present, not who submitted it, and nobody who decided another step of this review."""
    review = task_state.workflow_state
    page = review.content_object
    decided = review.task_states.filter(status__in=DECIDED).exclude(task=task_state.task)
    barred = {page.owner_id, review.requested_by_id, *page.co_authors.values_list("person", flat=True)}
    barred |= set(decided.values_list("finished_by", flat=True))
    return [person for person in holders(PERMISSION[step], within=unit, at=at) if person.pk not in barred]


@transaction.atomic
def announce_decision(*, workflow_state: WorkflowState, approved: bool, by: Person | None, at: datetime) -> None:
    page = workflow_state.content_object
    kind = "review_approved" if approved else "review_rejected"
    last = workflow_state.task_states.order_by("-pk").first()
    step = last.task.specific.step if last else ""
    context = _context(page) | {"by": by.name if by else "", "step": step, "comment": last.comment if last else ""}
    for person in Person.objects.filter(pk__in=_authors(page)):
        key = f"{kind}:{workflow_state.pk}:{workflow_state.current_task_state_id}:{person.pk}"
        send(kind, to=person, context=context, key=key, at=at)


def _authors(page: Page) -> set[Any]:
    return {page.owner_id, *page.co_authors.current().values_list("person", flat=True)} - {None}


def _context(page: Page) -> dict[str, Any]:
    return {"title": page.get_admin_display_title(), "page": page.pk}
