"""Media in courses: what an edition freezes, what it keeps from being deleted, and who sees the files of a draft."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError
from django.test import Client
from django.urls import reverse

from cms.actions import share
from cms.media.actions import keep_media
from cms.media.arrivals import Arrival
from cms.models import MediaFile
from courses import shelf
from courses.actions import draft_course, draft_lesson, publish_course
from courses.models import CatalogueIndexPage, CoursePage, LessonEdition, LessonPage
from lms.people.models import Person
from tests.cms.pictures import status
from tests.cms.recordings import PATTERN

pytestmark = pytest.mark.django_db
Keep = Callable[..., MediaFile]


@pytest.fixture
def keep(tang_zhiyuan: Person, at: datetime) -> Keep:
    def make(kind: str = "video", title: str = "拉合闸示范", mime: str = "video/mp4") -> MediaFile:
        arrival = Arrival(PATTERN, mime, seconds=6 if kind in ("video", "audio") else 0)
        return keep_media(kind=kind, title=title, arrival=arrival, by=tang_zhiyuan, at=at)

    return make


@pytest.fixture
def page(catalogue: CatalogueIndexPage, tang_zhiyuan: Person, at: datetime) -> CoursePage:
    return draft_course(title="视频课", line="safety", hours=1, owner=tang_zhiyuan, by=tang_zhiyuan, at=at)


def lesson_with(page: CoursePage, by: Person, at: datetime, *blocks: dict[str, Any]) -> LessonPage:
    text = {"type": "rich_text", "html": "<p>先断电，再救人。</p>"}
    return draft_lesson(course_page=page, title="第一课", blocks=[text, *blocks], by=by, at=at)


def block(file: MediaFile, **facts: Any) -> dict[str, Any]:
    return {"type": file.kind, "value": {"file": file.pk, **facts}}


def test_an_edition_freezes_what_there_is_to_play(
    page: CoursePage, keep: Keep, tang_zhiyuan: Person, at: datetime
) -> None:
    film, words = keep(), keep("captions", mime="text/vtt")
    lesson_with(page, tang_zhiyuan, at, block(film, title="示范一", captions=words.pk), block(film))
    publish_course(page=page, by=tang_zhiyuan, at=at)
    edition = LessonEdition.objects.get()
    assert edition.media == [
        {
            "file": str(film.uuid), "kind": "video", "title": "示范一", "mime": "video/mp4", "seconds": 6, "pages": 0,
            "bytes": PATTERN.stat().st_size, "captions": str(words.uuid),
        }
    ]  # fmt: skip
    assert shelf.contents.one(edition.pk).media[0].length == 6
    assert str(film.uuid) in edition.html
    assert "约 17 KB" in edition.html
    assert " src=" not in edition.html  # nothing is loaded before the tap
    assert edition.text == "先断电，再救人。\n示范一\n拉合闸示范"


def test_a_file_that_an_edition_shows_cannot_be_deleted(
    page: CoursePage, keep: Keep, tang_zhiyuan: Person, at: datetime
) -> None:
    film, words, unused = keep(), keep("captions"), keep()
    lesson_with(page, tang_zhiyuan, at, block(film, captions=words.pk))
    publish_course(page=page, by=tang_zhiyuan, at=at)
    for file in (film, words):
        with pytest.raises(ProtectedError):
            file.delete()
    unused.delete()


def test_a_lesson_needs_the_file_its_block_names(page: CoursePage, keep: Keep) -> None:
    block_of = LessonPage._meta.get_field("body").stream_block.child_blocks["video"]
    with pytest.raises(ValidationError):
        block_of.clean(block_of.to_python({"file": None, "title": "x"}))
    assert block_of.render(block_of.to_python({"file": None})).strip() == ""


def _file_url(lesson: LessonPage | None, file: MediaFile) -> str:
    return reverse("courses_desk:media", args=[lesson.pk if lesson else 0, file.uuid])


def test_the_file_of_a_draft_is_there_for_its_authors(
    page: CoursePage, keep: Keep, tang_zhiyuan: Person, deng_min: Person, desk_of: Callable[[Person], Client],
    at: datetime,
) -> None:  # fmt: skip
    film, other = keep(), keep()
    lesson = lesson_with(page, tang_zhiyuan, at, block(film))
    his, hers = desk_of(tang_zhiyuan), desk_of(deng_min)
    assert status(his.get(_file_url(None, other))) == 200
    for url in (_file_url(lesson, film), _file_url(None, film)):
        assert status(hers.get(url)) == 404
    share(page=page, person=deng_min, by=tang_zhiyuan, at=at)
    assert status(hers.get(_file_url(lesson, film))) == 200
    assert status(hers.get(_file_url(lesson, other))) == 404
    assert status(hers.get(_file_url(None, film))) == 404


def test_a_reviewer_sees_the_files_of_what_was_submitted(
    page: CoursePage, keep: Keep, tang_zhiyuan: Person, sun_guoqiang: Person, desk_of: Callable[[Person], Client],
    at: datetime,
) -> None:  # fmt: skip
    film = keep()
    lesson = lesson_with(page, tang_zhiyuan, at, block(film))
    client = desk_of(sun_guoqiang)
    assert status(client.get(_file_url(lesson, film))) == 404
    workflow = page.get_workflow()
    assert workflow is not None
    workflow.start(page, tang_zhiyuan)
    assert status(client.get(_file_url(lesson, film))) == 200
