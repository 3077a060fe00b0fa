"""Parts of the trainer's screens: the lessons of a course inside its editor, and what travels there unseen."""

from collections.abc import Mapping
from typing import Any

from django.forms import HiddenInput
from wagtail.admin.panels import FieldPanel, Panel
from wagtail.admin.ui.components import Component

from cms import ownership


class HiddenPanel(FieldPanel):
    """A field that goes with the form, is not shown and says nothing to somebody who compares versions."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"widget": HiddenInput(), "classname": "w-hidden", **kwargs})

    def get_comparison_class(self) -> None:
        return None


class LessonsPanel(Panel):
    """Read-only list with links; lessons are pages of their own."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "courses/admin/lessons_panel.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            page = self.instance
            lessons = page.lesson_pages() if page.pk else []
            titles = {module.key: module.title for module in page.modules.all()}
            listed = [(lesson, titles.get(lesson.module, "")) for lesson in lessons]
            return {**context, "lessons": listed, "page": page}


class MyCoursesPanel(Component):
    """First thing a trainer sees: their courses, newest work first."""

    order = 50
    template_name = "courses/admin/my_courses.html"
    shown = 12

    def __init__(self, add_url: str) -> None:
        self.add_url = add_url

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        from courses.models import CoursePage

        request = (parent_context or {})["request"]
        works: Any = ownership.works().filter(path__in=ownership.rights(request.user).own)
        own = works.type(CoursePage)
        courses = own.prefetch_workflow_states().order_by("-latest_revision_created_at")[: self.shown]
        return {"courses": courses, "add_url": self.add_url}
