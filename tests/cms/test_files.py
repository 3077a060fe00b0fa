"""Images and documents: what is refused, and how readers get them."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from cms import assets
from cms.actions import add_image
from courses.actions import draft_lesson, publish_course
from courses.models import CoursePage, LessonEdition
from lms.people.models import Person
from tests.cms.pictures import encoded, png, sent

Make = Callable[..., CoursePage]
Desk = Callable[[Person], Client]
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.svg", SVG), ("a.png", SVG), ("a.png", b"<html>"), ("a.bmp", encoded("BMP")), ("a.png", encoded("BMP"))],
)
def test_only_raster_images_of_the_known_kinds_are_taken(
    desk_of: Desk, tang_zhiyuan: Person, name: str, content: bytes
) -> None:
    answer = desk_of(tang_zhiyuan).post(
        reverse("wagtailimages:add"), {"title": "图", "file": SimpleUploadedFile(name, content)}
    )
    assert answer.status_code == 200
    errors = [str(error) for error in answer.context["form"].errors["file"]]
    assert errors
    assert all(any("\u4e00" <= letter <= "\u9fff" for letter in error) for error in errors), errors
    assert not get_image_model().objects.exists()


def test_an_image_of_too_many_pixels_is_refused(
    desk_of: Desk, tang_zhiyuan: Person, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A bomb is small as a file and huge as a picture."""
    settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS = 1000
    answer = desk_of(tang_zhiyuan).post(
        reverse("wagtailimages:add"), {"title": "图", "file": SimpleUploadedFile("a.png", png(100, 100))}
    )
    assert answer.context["form"].errors["file"]
    assert Image.MAX_IMAGE_PIXELS is not None


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF"])
def test_the_known_kinds_are_taken(desk_of: Desk, tang_zhiyuan: Person, kind: str) -> None:
    file = SimpleUploadedFile(f"a.{kind.lower()}", encoded(kind))
    desk_of(tang_zhiyuan).post(reverse("wagtailimages:add"), {"title": "图", "file": file})
    assert get_image_model().objects.get().uploaded_by_user == tang_zhiyuan


def test_a_page_is_no_document(desk_of: Desk, tang_zhiyuan: Person) -> None:
    file = SimpleUploadedFile("a.html", b"<script>alert(1)</script>")
    desk_of(tang_zhiyuan).post(reverse("wagtaildocs:add"), {"title": "文", "file": file})
    assert not get_document_model().objects.exists()


@pytest.fixture
def picture_lesson(make_course: Make, tang_zhiyuan: Person, at: datetime) -> LessonEdition:
    """A published lesson with an image 2000 pixels wide."""
    image = add_image(title="图", file_name="a.png", content=png(2000, 1000), by=tang_zhiyuan)
    page = make_course(tang_zhiyuan, "图解")
    block = {"type": "image", "value": {"image": image.pk, "alt": "五种办法", "caption": "图 1"}}
    draft_lesson(course_page=page, title="看图", blocks=[block], by=tang_zhiyuan, at=at)
    publish_course(page=page, by=tang_zhiyuan, at=at)
    return LessonEdition.objects.get(title="看图")


def first_asset(edition: LessonEdition) -> str:
    match = assets.NAME.search(edition.html)
    assert match is not None
    return match[0]


def test_a_lesson_names_its_image_by_content_in_several_widths(picture_lesson: LessonEdition) -> None:
    assert picture_lesson.html.count("480w") == 1
    assert picture_lesson.html.count("1440w") == 1
    assert 'alt="五种办法"' in picture_lesson.html
    assert 'width="960" height="480"' in picture_lesson.html


def test_an_edition_keeps_its_image_when_the_trainer_deletes_it(
    picture_lesson: LessonEdition, client_of: Callable[[Person], Client], li_zhendong: Person
) -> None:
    get_image_model().objects.get().delete()
    answer = client_of(li_zhendong).get(reverse("cms:asset", args=[first_asset(picture_lesson)]))
    assert answer.status_code == 200
    assert answer["Content-Type"] == "image/webp"
    assert "immutable" in answer["Cache-Control"]
    assert sent(answer)[8:12] == b"WEBP"


def test_ranges_are_answered_as_ranges(
    picture_lesson: LessonEdition, client_of: Callable[[Person], Client], li_zhendong: Person
) -> None:
    url = reverse("cms:asset", args=[first_asset(picture_lesson)])
    client = client_of(li_zhendong)
    whole = sent(client.get(url))
    for header, start, stop in (("bytes=0-3", 0, 4), ("bytes=4-", 4, len(whole)), ("bytes=-5", len(whole) - 5, None)):
        answer = client.get(url, headers={"Range": header})
        assert answer.status_code == 206
        assert sent(answer) == whole[start:stop]
    assert client.get(url, headers={"Range": f"bytes={len(whole)}-"}).status_code == 416
    assert client.get(url, headers={"Range": "bytes=5-2"}).status_code == 416


def test_files_are_for_people_who_logged_in(client: Client, picture_lesson: LessonEdition) -> None:
    for url in (reverse("cms:asset", args=[first_asset(picture_lesson)]), "/media/original_images/a.png"):
        assert client.get(url).status_code == 302


@pytest.mark.parametrize("name", ["..%2F..%2Fsecret_key", "a.webp", "0" * 64 + ".svg", "0" * 64 + ".webp"])
def test_only_keys_open_files(client_of: Callable[[Person], Client], li_zhendong: Person, name: str) -> None:
    assert client_of(li_zhendong).get(f"/images/{name}").status_code == 404


@pytest.mark.parametrize("path", ["assets/00/x.webp", "../secret_key", "lidian.sqlite3", "documents/x.pdf"])
def test_nothing_else_lies_under_media(client_of: Callable[[Person], Client], tang_zhiyuan: Person, path: str) -> None:
    assert client_of(tang_zhiyuan).get(f"/media/{path}").status_code == 404


def test_a_document_is_downloaded_and_never_shown(
    desk_of: Desk, tang_zhiyuan: Person, li_zhendong: Person, client: Client
) -> None:
    file = SimpleUploadedFile("规程.txt", "如实记录".encode())
    desk_of(tang_zhiyuan).post(reverse("wagtaildocs:add"), {"title": "规程", "file": file})
    document = get_document_model().objects.get()
    assert client.get(document.url).status_code == 302
    client.force_login(li_zhendong, backend="lms.people.login.StaffNumberBackend")
    answer = client.get(document.url)
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert sent(answer).decode() == "如实记录"


@pytest.mark.parametrize("name", ["wagtailimages:add", "wagtaildocs:add"])
def test_nothing_uploaded_carries_tags(desk_of: Desk, tang_zhiyuan: Person, name: str) -> None:
    """All trainers would share one cloud of them."""
    assert "tags" not in desk_of(tang_zhiyuan).get(reverse(name)).context["form"].fields
