"""A trainer's media: where each file is used, and deleting what nothing uses; never a word about other people's."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.db.models import ProtectedError
from django.test import Client
from django.urls import reverse

from cms.actions import share, unshare
from cms.media import library
from cms.media.actions import delete_media, keep_media
from cms.media.arrivals import Arrival
from cms.models import MediaFile
from courses.actions import draft_lesson, publish_course
from courses.media_uses import uses
from courses.models import CoursePage, LessonPage
from lms.journal.models import Entry
from lms.people.models import Person
from tests.cms.recordings import PATTERN

pytestmark = pytest.mark.django_db
Keep = Callable[..., MediaFile]


@pytest.fixture
def keep(tang_zhiyuan: Person, at: datetime) -> Keep:
    def make(title: str = "拉合闸示范", kind: str = "video", by: Person | None = None) -> MediaFile:
        arrival = Arrival(PATTERN, "video/mp4", seconds=6)
        return keep_media(kind=kind, title=title, arrival=arrival, by=by or tang_zhiyuan, at=at)

    return make


@pytest.fixture
def lesson(make_course: Callable[..., CoursePage], tang_zhiyuan: Person, at: datetime) -> Callable[..., LessonPage]:
    page = make_course(tang_zhiyuan)

    def make(*files: MediaFile, course: CoursePage = page) -> LessonPage:
        blocks = [{"type": "video", "value": {"file": file.pk}} for file in files]
        blocks.append({"type": "rich_text", "html": "<p>看示范。</p>"})
        return draft_lesson(course_page=course, title="示范课", blocks=blocks, by=tang_zhiyuan, at=at)

    return make


def delete(desk: Client, file: MediaFile) -> int:
    return desk.post(reverse("courses_desk:media_delete", args=[file.uuid])).status_code


def test_the_list_says_where_a_file_is_used_and_offers_to_delete_the_others(
    desk_of: Any, keep: Keep, lesson: Any, tang_zhiyuan: Person
) -> None:
    used, free = keep("在用"), keep("没用")
    lesson(used)
    page = desk_of(tang_zhiyuan).get(reverse("courses_desk:library"))
    assert [(use.file, use.free) for use in page.context["page"]] == [(free, True), (used, False)]
    assert "示范课" in page.text and "未使用 1" in page.text
    assert page.text.count("/delete/") == 1
    only = desk_of(tang_zhiyuan).get(reverse("courses_desk:library"), {"show": "free"})
    assert [use.file for use in only.context["page"]] == [free]


def test_captions_and_what_is_only_live_count_as_used(
    keep: Keep, lesson: Any, tang_zhiyuan: Person, at: datetime
) -> None:
    film, captions, later = keep(), keep(kind="captions"), keep()
    page = lesson(film)
    page.body[0].value["captions"] = captions
    page.save()
    page.body[0].value["file"], page.body[0].value["captions"] = later, None
    page.save_revision()
    assert [use.free for use in uses([film, captions, later, keep()], person=tang_zhiyuan)] == [
        False, False, False, True,
    ]  # fmt: skip


def test_a_free_file_is_deleted_from_the_disk_too(
    desk_of: Any, keep: Keep, tang_zhiyuan: Person, django_capture_on_commit_callbacks: Any
) -> None:
    file = keep()
    desk = desk_of(tang_zhiyuan)
    assert desk.get(reverse("courses_desk:media_delete", args=[file.uuid])).status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        assert delete(desk, file) == 302
    assert not MediaFile.objects.exists()
    assert not default_storage.exists(library.path(file.uuid))
    assert Entry.objects.get(kind="media-deleted").by_person == tang_zhiyuan.pk
    assert delete(desk, file) == 404


def test_what_is_used_stays_whoever_asks(desk_of: Any, keep: Keep, lesson: Any, tang_zhiyuan: Person) -> None:
    file = keep()
    lesson(file)
    assert delete(desk_of(tang_zhiyuan), file) == 409
    assert MediaFile.objects.exists()


def test_what_was_published_stays_although_no_draft_uses_it_any_more(
    desk_of: Any, keep: Keep, lesson: Any, tang_zhiyuan: Person, at: datetime
) -> None:
    file = keep()
    page = lesson(file)
    publish_course(page=CoursePage.objects.get(), by=tang_zhiyuan, at=at)
    page = LessonPage.objects.get(pk=page.pk)
    del page.body[0]
    page.save_revision().publish()
    [use] = uses([file], person=tang_zhiyuan)
    assert (use.lessons, use.editions) == ([], 1)
    assert delete(desk_of(tang_zhiyuan), file) == 409
    with pytest.raises(ProtectedError):
        delete_media(file=file, by=tang_zhiyuan, at=at)


def test_lessons_of_others_are_counted_and_not_named(
    desk_of: Any, keep: Keep, lesson: Any, make_course: Any, deng_min: Person, tang_zhiyuan: Person, at: datetime
) -> None:
    hers = make_course(deng_min, "营业厅规范")
    share(page=hers, person=tang_zhiyuan, by=deng_min, at=at)
    file = keep()
    lesson(file, course=hers)
    unshare(page=hers, person=tang_zhiyuan, by=deng_min, at=at)
    said = desk_of(tang_zhiyuan).get(reverse("courses_desk:library")).text
    assert "他人的 1 个课时" in said and "示范课" not in said
    assert delete(desk_of(tang_zhiyuan), file) == 409


def test_nobody_lists_or_deletes_what_somebody_else_uploaded(
    desk_of: Any, keep: Keep, deng_min: Person, sun_guoqiang: Person
) -> None:
    file = keep("别人的视频")
    assert "别人的视频" not in desk_of(deng_min).get(reverse("courses_desk:library")).text
    assert delete(desk_of(deng_min), file) == 404
    assert desk_of(sun_guoqiang).get(reverse("courses_desk:library")).status_code == 404
    assert MediaFile.objects.exists()


def test_any_number_of_files_takes_the_same_statements(
    keep: Keep, lesson: Any, tang_zhiyuan: Person, statements: Callable[..., AbstractContextManager[object]]
) -> None:
    files = [keep(str(number)) for number in range(12)]
    for file in files[:8]:
        lesson(file)
    with statements(at_most=5):
        assert sum(use.free for use in uses(files, person=tang_zhiyuan)) == 4
