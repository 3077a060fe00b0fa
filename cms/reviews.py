"""How a review ends. Imported by Wagtail's models while they load, so nothing is imported here."""

from typing import Any


def publish_approved(workflow_state: Any, user: Any = None) -> None:
    """WAGTAIL_FINISH_WORKFLOW_ACTION. The task checked that the person may approve; nothing else is needed."""
    workflow_state.content_object.get_latest_revision().publish(user=user, skip_permission_checks=True)
