"""Telling people about reviews: reviewers what awaits them, authors how it ended."""

from datetime import datetime
from typing import Any

from django.db import transaction
from wagtail.models import Page, TaskState, WorkflowState

from cms.reviewers import owners_unit, reviewers, step_of
from lms.notices.actions import send
from lms.people.access import Perm, holders
from lms.people.models import Person


@transaction.atomic
def announce_submission(*, task_state: TaskState, at: datetime) -> None:
    """Everyone who may decide this step; when nobody may, those who can grant its role."""
    page, unit = task_state.workflow_state.content_object, owners_unit(task_state)
    if unit is None:
        return
    submitter = task_state.workflow_state.requested_by
    context = _context(page) | {"by": submitter.name if submitter else "", "step": step_of(task_state).value}
    asked = reviewers(task_state, at=at)
    kind = "review_requested" if asked else "review_unattended"
    for person in asked or holders(Perm.ROLES_GRANT, within=unit, at=at):
        send(kind, to=person, context=context, key=f"{kind}:{task_state.pk}:{person.pk}", at=at)


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
