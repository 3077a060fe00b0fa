"""A Markdown file becomes a draft course."""

from datetime import datetime

from django.db import transaction

from courses import markdown
from courses.actions.drafts import draft_course, draft_lesson
from courses.models import CoursePage
from lms.people.models import Person


@transaction.atomic
def import_course(
    *, content: bytes, file_name: str, line: str, owner: Person | None, by: Person | None, at: datetime
) -> tuple[CoursePage, list[str]]:
    """The new draft and what its reader should know. Raises markdown.UnreadableMarkdown; then nothing was saved."""
    draft = markdown.read(content, file_name)
    page = draft_course(
        title=draft.title, line=line, summary=draft.summary, modules=draft.modules, owner=owner, by=by, at=at
    )
    for lesson in draft.lessons:
        draft_lesson(course_page=page, title=lesson.title, module=lesson.module, blocks=lesson.blocks, by=by, at=at)
    return page, draft.notes
