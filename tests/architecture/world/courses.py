"""A course, a draft, their media, and a course sent as a file."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.core.files.base import ContentFile
from wagtail.documents import get_document_model

from cms.actions import add_image
from cms.assets import keep
from cms.media.actions import keep_media
from cms.media.arrivals import Arrival
from cms.models import MediaFile
from courses import imports
from courses.actions import draft_course, draft_lesson, publish_course
from courses.imports import uploads as course_uploads
from courses.models import Course, CoursePage
from lms.people.models import Person
from tests.architecture.world.cast import Names, Who, World
from tests.architecture.world.news import announce
from tests.cms.pictures import encoded, png
from tests.cms.recordings import PATTERN
from tests.factories import lessons_of


def publish(world: World, names: Names) -> None:
    """A published course of the trainer with one lesson and a self-check, and a draft of the trainer's."""
    trainer, things = world.people[Who.TRAINER], world.things
    image = add_image(title="图", file_name="a.png", content=png(), by=trainer)
    document = get_document_model().objects.create(
        title="规程", file=ContentFile(b"text", "rules.txt"), uploaded_by_user=trainer
    )
    film = kept_media("video", trainer, world.at)
    booklet = kept_media("document", trainer, world.at)
    page = _course_page(names.course, names, trainer, world.at, film, booklet)
    publish_course(page=page, by=trainer, at=world.at)
    course = Course.objects.get(page=page)
    draft = _course_page(f"{names.course}草稿", names, trainer, world.at, film, booklet)
    lesson = lessons_of(course)[0]
    things |= {
        "page": draft.pk, "page_lesson": draft.lesson_pages()[0].pk, "live_page": page.pk,
        "catalogue": draft.get_parent().pk, "revision": draft.latest_revision.pk,
        "image": image.pk, "image_file": image.get_rendition("max-165x165").file.name, "asset": keep(encoded("WEBP")),
        "film": film.uuid, "booklet": booklet.uuid, "one": 1, "media_file": film.pk,
        "document": document.pk, "document_name": document.filename, "language": "zh-hans",
        "course": course.uuid, "lesson": lesson.uuid, "course_object": course, "lesson_object": lesson,
        "self_check": next(iter(lesson.editions.get().self_checks)),
        "article": announce(names, trainer, world.at).uuid,
        "course_import": _sent(names, trainer, world.at),
    }  # fmt: skip


def _sent(names: Names, trainer: Person, at: datetime) -> UUID:
    """A file the trainer sent and has not confirmed."""
    text = f"# {names.course}\n\n{names.text}\n\n## {names.course}\n\n{names.text}\n\n![{names.text}](a.png)\n"
    draft = imports.read([imports.Sent("a.md", text.encode()), imports.Sent("a.png", png())])
    return course_uploads.keep(draft, file_name=names.course, person=trainer, at=at)


def kept_media(kind: str, owner: Person, at: datetime) -> MediaFile:
    """A file as it is after it was looked into; a document with one page."""
    page = [PATTERN] if kind == "document" else []
    arrival = Arrival(PATTERN, "application/pdf" if page else "video/mp4", seconds=0 if page else 6, drawn=page)
    return keep_media(kind=kind, title="示范", arrival=arrival, by=owner, at=at)


def _course_page(title: str, names: Names, owner: Person, at: datetime, *media: MediaFile) -> CoursePage:
    page = draft_course(
        title=title, line="safety", hours=1, owner=owner, by=owner, at=at, summary=names.text, objectives=names.text,
        audience=names.text, modules=[names.text[:100]],
    )  # fmt: skip
    check = {
        "question": names.text,
        "options": [{"text": names.option, "correct": True}, {"text": f"{names.option}二", "correct": False}],
        "explanation": "<p>先验电。</p>",
    }
    blocks: Sequence[dict[str, Any]] = [
        {"type": "rich_text", "value": "<p>正文。</p>", "id": str(uuid4())},
        {"type": "self_check", "value": check, "id": str(uuid4())},
        *({"type": file.kind, "value": {"file": file.pk}, "id": str(uuid4())} for file in media),
    ]
    draft_lesson(course_page=page, title=names.course[:80], blocks=blocks, module=names.text[:100], by=owner, at=at)
    return CoursePage.objects.get(pk=page.pk)
