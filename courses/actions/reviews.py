"""Telling people about reviews: reviewers what awaits them, authors how it ended."""

from datetime import datetime
from typing import Any

from django.db import transaction
from wagtail.models import Page, TaskState, WorkflowState

from lms.notices.actions import send
from lms.people.access import Perm, holders
from lms.people.models import Person
from lms.people.queries import current_post


@transaction.atomic
def announce_submission(*, task_state: TaskState, at: datetime) -> None:
    """Everyone who may review the work, but none of its authors."""
    workflow_state = task_state.workflow_state
    page = workflow_state.content_object
    authors = _authors(page)
    post = current_post(page.owner) if page.owner else None
    if post is None:
        return
    context = _context(page) | {"by": workflow_state.requested_by.name if workflow_state.requested_by else ""}
    for person in holders(Perm.COURSES_REVIEW, within=post.unit, at=at):
        if person.pk not in authors:
            key = f"review-requested:{task_state.pk}:{person.pk}"
            send("review_requested", to=person, context=context, key=key, at=at)


@transaction.atomic
def announce_decision(*, workflow_state: WorkflowState, approved: bool, by: Person | None, at: datetime) -> None:
    page = workflow_state.content_object
    kind = "review_approved" if approved else "review_rejected"
    context = _context(page) | {"by": by.name if by else "", "comment": _last_comment(workflow_state)}
    for person in Person.objects.filter(pk__in=_authors(page)):
        key = f"{kind}:{workflow_state.pk}:{workflow_state.current_task_state_id}:{person.pk}"
        send(kind, to=person, context=context, key=key, at=at)


def _authors(page: Page) -> set[Any]:
    return {page.owner_id, *page.co_authors.values_list("person", flat=True)} - {None}


def _context(page: Page) -> dict[str, Any]:
    return {"title": page.get_admin_display_title(), "page": page.pk}


def _last_comment(workflow_state: WorkflowState) -> str:
    last = workflow_state.task_states.order_by("-pk").first()
    return last.comment if last else ""
