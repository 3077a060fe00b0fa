"""How a review goes on and ends. Imported by Wagtail's models while they load, so little is imported at the top."""

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

if TYPE_CHECKING:
    from wagtail.models import Task, TaskState, WorkflowState


def publish_approved(workflow_state: Any, user: Any = None) -> None:
    """WAGTAIL_FINISH_WORKFLOW_ACTION. Each step checked that the person may approve; nothing else is needed."""
    workflow_state.content_object.get_latest_revision().publish(user=user, skip_permission_checks=True)


@transaction.atomic
def decide(task_state: "TaskState", user: Any, action: str, comment: str) -> None:
    """Approve or reject, once. PermissionDenied when it is not (or no longer) this person's to decide.

    Wagtail asks about the page in the address; the decision is about the page of the task state, so that is what is
    asked about here, under the lock. A rejection says what to change.
    """
    from wagtail.models import TaskState, WorkflowState

    from cms import ownership

    review = WorkflowState.objects.select_for_update().get(pk=task_state.workflow_state_id)
    current = TaskState.objects.get(pk=task_state.pk)
    ownership.forget(user)
    if review.current_task_state_id != current.pk or not ownership.may_decide(user, review.content_object):
        raise PermissionDenied
    if action == "approve":
        current.approve(user=user, comment=comment)
    elif action == "reject" and comment.strip():
        current.reject(user=user, comment=comment.strip())
    else:
        raise PermissionDenied
    ownership.forget(user)


def first_step_again(task: "Task", review: "WorkflowState") -> "Task | None":
    """The first step, when a later one is about to start although the first has not approved since a rejection."""
    from wagtail.models import TaskState

    first = type(task).objects.filter(workflow_tasks__workflow=review.workflow, active=True)
    first_task = first.order_by("workflow_tasks__sort_order").first()
    if first_task is None or first_task.pk == task.pk:
        return None
    decided = review.task_states.order_by("-pk")
    rejected = decided.filter(status=TaskState.STATUS_REJECTED).first()
    if rejected is None:
        return None
    passed = decided.filter(task=first_task, status=TaskState.STATUS_APPROVED, pk__gt=rejected.pk)
    return None if passed.exists() else first_task
