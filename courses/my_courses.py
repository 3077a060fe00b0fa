"""What a trainer sees first in the content desk."""

from collections.abc import Mapping
from typing import Any

from wagtail.admin.ui.components import Component

from cms import ownership
from courses.models import CoursePage


class MyCoursesPanel(Component):
    """First thing a trainer sees: their courses, newest work first."""

    order = 50
    template_name = "courses/admin/my_courses.html"
    shown = 12

    def __init__(self, add_url: str) -> None:
        self.add_url = add_url

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        request = (parent_context or {})["request"]
        works: Any = ownership.works().filter(path__in=ownership.rights(request.user).own)
        own = works.type(CoursePage)
        courses = own.prefetch_workflow_states().order_by("-latest_revision_created_at")[: self.shown]
        return {"courses": courses, "add_url": self.add_url}
