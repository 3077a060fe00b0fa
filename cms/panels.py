"""Parts of a page's editor that every kind of page shows."""

from typing import Any

from wagtail.admin.panels import Panel
from wagtail.models import TaskState, WorkflowState

from cms import ownership, reviewers
from lms.kernel import clock


class ReviewPanel(Panel):
    """Where the review stands: what was asked for, whose turn it is, what a reviewer can do here."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "cms/admin/review_panel.html"

        def is_shown(self) -> bool:
            return bool(self.instance.pk) and self._review() is not None

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            review = self._review()
            assert review is not None
            decided = review.task_states.select_related("task", "finished_by").order_by("-pk")
            return {
                **context,
                "returned": review.status == WorkflowState.STATUS_NEEDS_CHANGES,
                "asked": decided.filter(status=TaskState.STATUS_REJECTED).first(),
                "passed": _passed(list(decided)),
                "current": review.current_task_state and review.current_task_state.task,
                "needs": _needs(review),
                "mine": ownership.may_decide(self.request.user, self.instance),
            }

        def _review(self) -> WorkflowState | None:
            review: WorkflowState | None = self.instance.current_workflow_state
            return review


def _needs(review: WorkflowState) -> str:
    """The role that nobody has who could decide where the review stands; empty when somebody could."""
    state = review.current_task_state
    if review.status != WorkflowState.STATUS_IN_PROGRESS or state is None:
        return ""
    return "" if reviewers.reviewers(state, at=clock.now()) else reviewers.role_for(state)


def _passed(decided: list[TaskState]) -> list[TaskState]:
    """Steps approved since something was last sent back; newest decision first in and out."""
    passed = []
    for state in decided:
        if state.status == TaskState.STATUS_REJECTED:
            break
        if state.status == TaskState.STATUS_APPROVED:
            passed.append(state)
    return passed
