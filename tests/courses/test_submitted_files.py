"""What reviewers saw is what is published: a file of a course in review is neither replaced nor deleted."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Revision

from cms import ownership
from cms.actions import add_image, share
from cms.naming import named_by
from courses.models import CoursePage, LessonPage
from lms.people.models import Person
from tests.cms.pictures import png, status
from tests.courses.review import decide, submit

pytestmark = pytest.mark.django_db
OLD, NEW = png(40, 30), png(60, 30, "red")


@pytest.fixture
def image(tang_zhiyuan: Person) -> Any:
    return add_image(title="绝缘手套", file_name="glove.png", content=OLD, by=tang_zhiyuan)


@pytest.fixture
def course(make_course: Callable[..., CoursePage], tang_zhiyuan: Person, image: Any) -> CoursePage:
    """Its second lesson shows the image, in a draft only."""
    page = make_course(tang_zhiyuan)
    lesson = page.lesson_pages().last()
    assert lesson is not None
    lesson.body.append(("image", {"image": image, "alt": "手套", "caption": ""}))
    lesson.save_revision(user=tang_zhiyuan)
    return page


def replace(desk: Client, image: Any) -> Any:
    file = SimpleUploadedFile("new.png", NEW, "image/png")
    return desk.post(reverse("wagtailimages:edit", args=[image.pk]), {"title": "新标题", "file": file})


def content(image: Any) -> bytes:
    kept = get_image_model().objects.get(pk=image.pk)
    with kept.file.open("rb") as file:
        return bytes(file.read())


def test_an_image_of_a_draft_is_replaced(desk_of: Any, course: CoursePage, image: Any, tang_zhiyuan: Person) -> None:
    assert replace(desk_of(tang_zhiyuan), image).status_code == 302
    assert content(image) == NEW


def test_an_image_in_review_is_not_replaced_and_its_owner_reads_why(
    desk_of: Any, course: CoursePage, image: Any, tang_zhiyuan: Person
) -> None:
    submit(course, tang_zhiyuan)
    desk = desk_of(tang_zhiyuan)
    answer = replace(desk, image)
    assert answer.status_code == 200
    assert "正在审核或等待发布" in answer.context["form"].errors["file"][0]
    assert content(image) == OLD
    assert "正在审核或等待发布" in desk.get(reverse("wagtailimages:edit", args=[image.pk])).text
    desk.post(reverse("wagtailimages:edit", args=[image.pk]), {"title": "新标题"})
    assert get_image_model().objects.get().title == "新标题"


@pytest.mark.parametrize("address", ["wagtailimages:delete", "bulk"])
def test_an_image_in_review_is_not_deleted(
    address: str, desk_of: Any, course: CoursePage, image: Any, tang_zhiyuan: Person
) -> None:
    submit(course, tang_zhiyuan)
    url = f"/cms/bulk/wagtailimages/image/delete/?id={image.pk}" if address == "bulk" else ""
    desk_of(tang_zhiyuan).post(url or reverse(address, args=[image.pk]))
    assert content(image) == OLD


def test_after_the_decision_it_may_be_replaced_again(
    desk_of: Any, course: CoursePage, image: Any, tang_zhiyuan: Person, sun_guoqiang: Person
) -> None:
    submit(course, tang_zhiyuan)
    assert decide(desk_of(sun_guoqiang), course, "reject", "请换图") == 302
    assert replace(desk_of(tang_zhiyuan), image).status_code == 302
    assert content(image) == NEW


def test_what_waits_for_its_date_is_kept_too(
    desk_of: Any, course: CoursePage, image: Any, tang_zhiyuan: Person, at: datetime
) -> None:
    revision = course.save_revision()
    Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=at + timedelta(days=1))
    replace(desk_of(tang_zhiyuan), image)
    assert content(image) == OLD


def test_another_course_in_review_keeps_no_file_of_this_one(
    desk_of: Any, make_course: Any, course: CoursePage, image: Any, tang_zhiyuan: Person
) -> None:
    submit(make_course(tang_zhiyuan, "另一门"), tang_zhiyuan)
    replace(desk_of(tang_zhiyuan), image)
    assert content(image) == NEW


def test_covers_and_linked_documents_count_as_named(
    course: CoursePage, image: Any, tang_zhiyuan: Person, at: datetime
) -> None:
    document = get_document_model().objects.create(title="规程", file=SimpleUploadedFile("a.pdf", b"%PDF-1.4"))
    lesson = LessonPage.objects.child_of(course).first()
    assert lesson is not None
    lesson.body.append(("rich_text", f'<p><a linktype="document" id="{document.pk}">规程</a></p>'))
    course.cover = image
    assert named_by(course, get_image_model()) == {image.pk}
    assert named_by(lesson, get_document_model()) == {document.pk}
    assert named_by(lesson, get_image_model()) == set()


def test_reviewers_and_co_authors_see_the_images_of_the_draft_and_no_others(
    desk_of: Any,
    course: CoursePage,
    image: Any,
    tang_zhiyuan: Person,
    deng_min: Person,
    sun_guoqiang: Person,
    at: datetime,
) -> None:
    secret = add_image(title="未用", file_name="secret.png", content=NEW, by=tang_zhiyuan)
    thumbnails = [
        reverse("cms:thumbnail", args=[one.get_rendition("max-165x165").file.name]) for one in (image, secret)
    ]

    def seen_by(person: Person) -> list[int]:
        ownership.forget(person)
        return [status(desk_of(person).get(url)) for url in thumbnails]

    assert seen_by(tang_zhiyuan) == [200, 200]
    assert seen_by(deng_min) == seen_by(sun_guoqiang) == [404, 404]
    share(page=course, person=deng_min, by=tang_zhiyuan, at=at)
    submit(course, tang_zhiyuan)
    assert seen_by(deng_min) == seen_by(sun_guoqiang) == [200, 404]
