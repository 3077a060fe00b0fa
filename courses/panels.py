"""Parts of the trainer's screens: the lessons of a course inside its editor, and what travels there unseen."""

from typing import Any

from django.forms import HiddenInput
from wagtail.admin.panels import FieldPanel, Panel

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
            writes = bool(page.pk) and ownership.is_author(self.request.user, page)
            return {**context, "lessons": listed, "page": page, "writes": writes}
