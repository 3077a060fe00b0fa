"""The trainer's import: choose files, look, confirm."""

import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.contrib.auth.models import Group
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from wagtail.images import get_image_model

from cms.models import CoAuthor
from courses.imports import uploads
from courses.models import CourseImport, CoursePage, LessonPage
from courses.tasks import forget_imports
from lms.kernel import clock
from lms.people.models import Person
from tests.cms.pictures import png
from tests.courses.test_markdown import STATUTE
from tests.courses.word_files import word

pytestmark = pytest.mark.django_db
CHOOSE = "/cms/courses/import/"
CONFIRMED = {"line": "policy", "owner": "00120031"}


@pytest.fixture
def desk(tang_zhiyuan: Person, client_of: Callable[[Person], Client]) -> Client:
    tang_zhiyuan.groups.add(Group.objects.get(name="trainer"))
    return client_of(tang_zhiyuan)


def file(name: str = "法.md", content: bytes = STATUTE.encode()) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def sent(desk: Client, *files: SimpleUploadedFile) -> str:
    """The address of the preview."""
    answer: Any = desk.post(CHOOSE, {"file": list(files) or [file()]})
    assert answer.status_code == 302, answer.context["form"].errors
    return str(answer["Location"])


def kept() -> list[int]:
    return [model.objects.count() for model in (CoursePage, LessonPage, get_image_model(), CourseImport)]


def with_picture(document: Any) -> None:
    document.add_picture(io.BytesIO(png(300, 200)))
    document.inline_shapes[-1]._inline.docPr.set("descr", "两人按压")
    document.add_paragraph("要点：先断电。")
    table = document.add_table(2, 2)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "合并"


def test_the_preview_shows_the_course_and_saves_nothing(desk: Client) -> None:
    before = kept()
    page = desk.get(sent(desk, file("急救.docx", word(with_picture))))
    assert page.status_code == 200
    assert kept() == before
    for words in (
        "急救.docx",
        "触电急救",
        "脱离电源",
        "约 1 分钟",
        "合并单元格",
        "data:image/webp;base64,",
        'alt="两人按压"',
    ):
        assert words in page.text


def test_confirmed_it_is_a_draft_with_its_pictures(desk: Client, tang_zhiyuan: Person) -> None:
    url = sent(desk, file("急救.docx", word(with_picture)))
    answer = desk.post(url, CONFIRMED)
    page = CoursePage.objects.get()
    assert answer["Location"] == reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert (page.live, page.line, page.owner) == (False, "policy", tang_zhiyuan)
    lesson = page.lesson_pages().get()
    assert [block.block_type for block in lesson.body] == ["rich_text", "image", "callout", "table"]
    image = get_image_model().objects.get()
    assert (image.title, image.uploaded_by_user) == ("两人按压", tang_zhiyuan)
    assert lesson.body[1].value["image"] == image
    editor = desk.get(answer["Location"])
    assert f'href="{url}#notes"' in editor.text
    assert desk.get(reverse("wagtailadmin_pages:edit", args=[lesson.pk])).status_code == 200


def test_confirming_twice_makes_one_course(desk: Client) -> None:
    url = sent(desk)
    first, second = desk.post(url, CONFIRMED), desk.post(url, CONFIRMED)
    assert first["Location"] == second["Location"]
    assert CoursePage.objects.count() == 1
    shown = desk.get(url)
    assert first["Location"] in shown.text
    assert "import-confirm" not in shown.text


def test_a_course_deleted_meanwhile_can_be_imported_again_from_the_same_preview(desk: Client) -> None:
    url = sent(desk)
    desk.post(url, CONFIRMED)
    CoursePage.objects.get().delete()
    desk.post(url, CONFIRMED)
    assert CoursePage.objects.count() == 1


def test_line_and_owner_are_asked_for(desk: Client) -> None:
    url = sent(desk)
    answer = desk.post(url, {"line": "", "owner": "00120031"})
    assert answer.status_code == 400
    assert "import-outline" in answer.text
    assert not CoursePage.objects.exists()


def test_for_another_trainer_one_stays_a_co_author(desk: Client, tang_zhiyuan: Person, deng_min: Person) -> None:
    desk.post(sent(desk, file("急救.docx", word(with_picture))), {"line": "policy", "owner": deng_min.staff_no})
    page = CoursePage.objects.get()
    assert page.owner == deng_min
    assert get_image_model().objects.get().uploaded_by_user == deng_min
    assert CoAuthor.objects.get(page=page).person == tang_zhiyuan
    assert desk.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code == 200


def test_somebody_who_is_no_trainer_cannot_own_it(desk: Client, li_zhendong: Person) -> None:
    answer: Any = desk.post(sent(desk), {"line": "policy", "owner": li_zhendong.staff_no})
    assert answer.status_code == 400
    assert "owner" in answer.context["form"].errors
    assert not CoursePage.objects.exists()


def test_a_preview_belongs_to_its_sender(
    desk: Client, client_of: Callable[[Person], Client], deng_min: Person, ma_yue: Person, li_zhendong: Person
) -> None:
    url = sent(desk)
    deng_min.groups.add(Group.objects.get(name="trainer"))
    for person in (deng_min, ma_yue, li_zhendong):
        other = client_of(person)
        assert other.get(url).status_code == 404
        assert other.post(url, CONFIRMED).status_code == 404
    for person in (ma_yue, li_zhendong):
        assert client_of(person).get(CHOOSE).status_code == 404
        assert client_of(person).post(CHOOSE, {"file": file()}).status_code == 404
    assert not CoursePage.objects.exists()


def test_what_is_not_confirmed_is_thrown_away(desk: Client, move_clock: Callable[[float], None]) -> None:
    sent(desk)
    confirmed = sent(desk)
    desk.post(confirmed, CONFIRMED)
    move_clock(2 * uploads.KEPT.total_seconds() + 60)
    uploads.forget_old(at=clock.now())
    forget_imports()
    assert default_storage.listdir(uploads.FOLDER)[1] == []
    assert not CourseImport.objects.exists()
    assert CoursePage.objects.count() == 1


def test_a_preview_that_is_gone_leads_back(desk: Client, tang_zhiyuan: Person) -> None:
    draft = uploads.take(UUID(sent(desk).rstrip("/").rsplit("/", 1)[1]), person=tang_zhiyuan, at=clock.now()).draft
    past = clock.now() - uploads.KEPT - timedelta(minutes=1)
    expired = uploads.keep(draft, file_name="法.md", person=tang_zhiyuan, at=past)
    for key in (uuid4(), expired):
        answer = desk.post(reverse("courses_desk:import_preview", args=[key]), CONFIRMED, follow=True)
        assert "请重新选择" in answer.text
    assert not CoursePage.objects.exists()


@pytest.mark.parametrize(
    ("content", "says"), [("没有标题".encode(), "没有标题"), (b"PK\x03\x04\x00", "不是文本文件"), (b"", "空")]
)
def test_a_bad_upload_is_refused_in_place(desk: Client, content: bytes, says: str) -> None:
    answer = desk.post(CHOOSE, {"file": file("坏.md", content)})
    assert answer.status_code == 400
    assert says in answer.text


def test_nothing_chosen_is_said(desk: Client) -> None:
    assert desk.post(CHOOSE, {}).status_code == 400


def test_several_files_are_one_course(desk: Client) -> None:
    text = "# 课\n\n## 一\n\n正文\n\n![两人](a.png)\n\n![缺](b.png)\n".encode()
    page = desk.get(sent(desk, file("课.md", text), file("a.png", png())))
    assert "data:image/webp" in page.text
    assert "第 9 行" in page.text and "b.png" in page.text
