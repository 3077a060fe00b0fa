"""Why a lesson cannot be changed now: its course as a whole is with the reviewers, or waits for its date."""

from typing import Any

from django.utils.translation import gettext as _
from wagtail.locks import BaseLock
from wagtail.models import Page

from cms import ownership


def of_course(page: Page) -> "CourseLock | None":
    if not page.pk:  # not in the tree yet
        return None
    parent = page.get_parent()
    if parent.workflow_in_progress:
        return CourseLock(page, parent, _("The course is being reviewed. Lessons can be changed after the decision."))
    if parent.approved_schedule:
        return CourseLock(page, parent, _("The course has been approved and waits for its publication date."))
    return None


class CourseLock(BaseLock):
    """Holds for everybody but a reviewer of the course."""

    def __init__(self, page: Page, course: Page, reason: str) -> None:
        super().__init__(page)
        self.course = course
        self.reason = reason

    def for_user(self, user: Any) -> bool:
        return not ownership.may_decide(user, self.course)

    def get_message(self, user: Any) -> str:
        if not self.for_user(user):
            return _("You review the course. Comment beside a block where something should change.")
        return self.reason

    def get_locked_by(self, user: Any) -> str:
        return _("Locked with its course")

    def get_description(self, user: Any) -> str:
        return self.reason
