"""The two steps of a review, and what awaits a person's decision at either.

Whoever decided one step of a review decides no other of it, and nobody decides what they submitted themselves.
"""

from typing import Any, Final

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, QuerySet, TextChoices
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, TaskState, WorkflowState

from lms.people import access, queries
from lms.people.access import Perm
from lms.people.enums import Role

WORK_DEPTH = 4  # root, home, section, work
PREFIX = WORK_DEPTH * Page.steplen
DECIDED = (TaskState.STATUS_APPROVED, TaskState.STATUS_REJECTED)


class Step(TextChoices):
    """In the order in which they are taken."""

    SUBJECT = "subject", _("Subject review")
    COMPLIANCE = "compliance", _("Compliance review")


PERMISSION: Final[dict[str, str]] = {Step.SUBJECT: Perm.COURSES_REVIEW, Step.COMPLIANCE: Perm.COURSES_COMPLY}
ROLE: Final[dict[str, Role]] = {Step.SUBJECT: Role.REVIEWER, Step.COMPLIANCE: Role.COMPLIANCE}


def running() -> QuerySet[WorkflowState]:
    """Reviews of pages that wait for somebody."""
    pages = ContentType.objects.get_for_model(Page)
    states: QuerySet[WorkflowState] = WorkflowState.objects.filter(
        status=WorkflowState.STATUS_IN_PROGRESS, base_content_type=pages
    )
    return states


def awaiting(person: Any, permitted: frozenset[str]) -> dict[int, str]:
    """Pages that wait for this person's decision, each with the tree path of its work; own works are not left out."""
    found: dict[int, str] = {}
    for step, perm in PERMISSION.items():
        if perm in permitted:
            found |= _in_scope(person, perm, _open_to(person, step))
    return found


def _open_to(person: Any, step: str) -> list[int]:
    """Pages at this step that the person did not submit and of whose review they have decided no other step."""
    elsewhere = TaskState.objects.filter(
        workflow_state=OuterRef("pk"), finished_by=person, status__in=DECIDED
    ).exclude(task__reviewtask__step=step)
    states = running().filter(current_task_state__task__reviewtask__step=step).exclude(Exists(elsewhere))
    return [int(key) for key in states.exclude(requested_by=person).values_list("object_id", flat=True)]


def _in_scope(person: Any, perm: str, pages: list[int]) -> dict[int, str]:
    """Those of the pages whose work belongs to somebody within the person's scope today."""
    paths = {pk: path[:PREFIX] for pk, path in Page.objects.filter(pk__in=pages).values_list("pk", "path")}
    owners = queries.people_in(access.scope(person, perm))
    works = Page.objects.filter(depth=WORK_DEPTH, path__in=paths.values(), owner__in=owners)
    covered = set(works.values_list("path", flat=True))
    return {pk: path for pk, path in paths.items() if path in covered}
