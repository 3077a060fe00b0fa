"""`manage.py import_course`."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import Page

from courses.models import CoursePage, LessonPage
from lms.people.models import Person
from tests.courses.test_markdown import LAWS, STATUTE

pytestmark = pytest.mark.django_db


def run(path: Path, **options: str) -> str:
    said = StringIO()
    call_command("import_course", str(path), line="policy", stdout=said, **options)
    return said.getvalue()


@pytest.mark.skipif(not LAWS, reason="the statutes are not on this machine")
@pytest.mark.parametrize("path", LAWS, ids=lambda path: path.stem)
def test_each_statute_becomes_a_draft_course(path: Path) -> None:
    assert "已导入为草稿" in run(path)
    page = CoursePage.objects.get()
    assert not page.live
    assert page.line == "policy"
    assert page.lesson_pages().count() >= 7


def test_it_works_on_a_database_without_any_page(tmp_path: Path) -> None:
    Page.objects.filter(depth__gt=1).delete()
    file = tmp_path / "法.md"
    file.write_text(STATUTE)
    run(file)
    page = CoursePage.objects.get()
    assert page.get_workflow() is not None
    assert [ancestor.depth for ancestor in page.get_ancestors()] == [1, 2, 3]


def test_the_owner_is_named_by_number(tmp_path: Path, tang_zhiyuan: Person) -> None:
    file = tmp_path / "法.md"
    file.write_text(STATUTE)
    run(file, owner="00120031")
    assert CoursePage.objects.get().owner == tang_zhiyuan
    assert set(LessonPage.objects.values_list("owner", flat=True)) == {tang_zhiyuan.pk}
    with pytest.raises(CommandError, match="00999999"):
        run(file, owner="00999999")


def test_the_same_file_twice_gives_two_drafts(tmp_path: Path) -> None:
    file = tmp_path / "法.md"
    file.write_text(STATUTE)
    run(file)
    run(file)
    assert CoursePage.objects.count() == 2


@pytest.mark.parametrize("content", ["没有标题".encode(), b"PK\x03\x04\x00\x00", b"\xff\xff\xff\xff"])
def test_a_bad_file_saves_nothing_and_says_why(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "坏.md"
    file.write_bytes(content)
    with pytest.raises(CommandError) as problem:
        run(file)
    assert any("\u4e00" <= letter <= "\u9fff" for letter in str(problem.value))
    assert not CoursePage.objects.exists()


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="无法读取"):
        run(tmp_path / "没有.md")
