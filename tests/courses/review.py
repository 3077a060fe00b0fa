"""Steps that several tests of the review take."""

from django.test import Client
from django.urls import reverse
from wagtail.models import WorkflowState

from courses.models import CoursePage, LessonPage
from lms.people.models import Person

Work = CoursePage | LessonPage


def submit(page: Work, by: Person) -> WorkflowState:
    """As the editor does: what came back goes on, otherwise a review begins."""
    state: WorkflowState | None = page.current_workflow_state
    if state is not None:
        state.resume(by)
        return state
    workflow = page.get_workflow()
    assert workflow is not None
    started: WorkflowState = workflow.start(page, by)
    return started


def decide(desk: Client, page: Work, action: str, comment: str = "", address: Work | None = None) -> int:
    """Knock at the door of a decision on `page`, perhaps through the `address` of another."""
    state = WorkflowState.objects.active().get(object_id=str(page.pk))
    url = reverse(
        "wagtailadmin_pages:workflow_action", args=[(address or page).pk, action, state.current_task_state_id]
    )
    return desk.post(url, {"comment": comment}).status_code


def step_of(page: Work) -> str:
    """The step at which the review stands; empty when it does not wait for a reviewer."""
    state = WorkflowState.objects.filter(object_id=str(page.pk), status=WorkflowState.STATUS_IN_PROGRESS).first()
    return state.current_task_state.task.specific.step if state else ""
