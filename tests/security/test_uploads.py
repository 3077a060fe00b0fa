"""At every door that takes a file: the wrong one gets a sentence, and nothing of it is kept."""

import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from cms.models import CoAuthor
from courses.models import CoursePage
from exams.models import Question, QuestionBank
from lms.people.models import Person, RosterImport
from tests.architecture.world import Who, World
from tests.cms.pictures import png
from tests.security.doors import body_of

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("uploads")]  # one world, one worker

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(2)</script></svg>'
HTML = b"<!doctype html><script>alert(1)</script>"


def zipped(**files: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in files.items():
            package.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return stream.getvalue()


def entities() -> bytes:
    """A workbook whose parts want to read a file of ours, and to grow without end."""
    bomb = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd"><!ENTITY b "&a;&a;&a;&a;">]><workbook>&b;</workbook>'
    return zipped(**{"[Content_Types]_xml": bomb, "xl__workbook_xml": bomb, "xl___rels__workbook.xml.rels": bomb})


FILES: dict[str, Callable[[], bytes]] = {
    "svg": lambda: SVG,
    "html": lambda: HTML,
    "a zip": lambda: zipped(readme=b"x"),
    "a bomb": lambda: zipped(xl__workbook_xml=b"0" * 60_000_000, more=b"0" * 60_000_000),
    "entities": entities,
    "nothing": lambda: b"",
    "cut off": lambda: b"PK\x03\x04" + b"\x00" * 50,
    "old Excel": lambda: b"\xd0\xcf\x11\xe0" + b"\x00" * 500,
    "eleven megabytes": lambda: b"PK\x03\x04" + b"\x00" * (11 * 1024 * 1024),
}


def kept() -> list[int]:
    """How much there is of everything a file could become."""
    models = (
        RosterImport,
        Question,
        QuestionBank,
        CoursePage,
        CoAuthor,
        Person,
        get_image_model(),
        get_document_model(),
    )
    return [model.objects.count() for model in models]


def sentence(answer: Any) -> str:
    """What the page says is wrong."""
    assert answer.status_code in (200, 400, 413, 422), answer.status_code
    if answer.context is None or "form" not in answer.context:
        return str(answer.content.decode())
    return " ".join(str(error) for errors in answer.context["form"].errors.values() for error in errors)


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize(
    ("who", "door", "more"),
    [
        (Who.TRAINING_ADMIN, "people:roster_read", {}),
        (Who.EXAMINER, "exams:import", {"name": "新", "unit": "{unit}"}),
    ],
    ids=["roster", "questions"],
)
def test_what_is_no_workbook_is_refused_in_words(
    name: str, who: Who, door: str, more: dict[str, str], world: World
) -> None:
    before = kept()
    file = SimpleUploadedFile("花名册.xlsx", FILES[name]())
    sent = {key: value.format(unit=world.units["YL"].pk) for key, value in more.items()}
    said = sentence(world.browser(who).post(reverse(door), {"file": file, **sent}))
    assert any("\u4e00" <= letter <= "\u9fff" for letter in said), "no sentence"
    assert "Traceback" not in said and "/etc/passwd" not in said and "root:" not in said
    assert kept() == before


@pytest.mark.parametrize("file_name", ["法.md", "法.docx", "法.zip"])
@pytest.mark.parametrize("name", [name for name in FILES if name != "html"])
def test_what_is_no_course_is_refused_in_words(name: str, file_name: str, world: World) -> None:
    before = kept()
    file = SimpleUploadedFile(file_name, FILES[name]())
    said = sentence(world.browser(Who.TRAINER).post(reverse("courses_desk:import"), {"file": file}))
    assert any("\u4e00" <= letter <= "\u9fff" for letter in said), "no sentence"
    assert "/etc/passwd" not in said and "root:" not in said
    assert kept() == before


@pytest.mark.parametrize(
    ("file_name", "content"),
    [
        ("a.svg", SVG), ("a.png", SVG), ("a.png", HTML), ("a.html", HTML), ("a.jpg", b"\xff\xd8\xff" + HTML),
        ("a.png", b"\x89PNG\r\n\x1a\n" + HTML), ("a.gif", b"GIF89a" + HTML), ("a.tiff", b"II*\x00" + b"\x00" * 50),
        ("a.svg.png", SVG), ("a.php", png()), ("a.png", b""), ("a.png", b"\x89PNG\r\n\x1a\n" + b"0" * 11_000_000),
    ],
)  # fmt: skip
@pytest.mark.parametrize("door", ["wagtailimages:add", "wagtailimages:add_multiple", "wagtailimages_chooser:create"])
def test_what_is_no_picture_is_not_taken(door: str, file_name: str, content: bytes, world: World) -> None:
    before = kept()
    field = {"wagtailimages:add_multiple": "files[]", "wagtailimages_chooser:create": "image-chooser-upload-file"}
    file = SimpleUploadedFile(file_name, content, content_type="image/png")
    sent = {"title": "x", "image-chooser-upload-title": "x", field.get(door, "file"): file}
    answer = world.browser(Who.TRAINER).post(reverse(door), sent, headers={"x-requested-with": "XMLHttpRequest"})
    assert answer.status_code in (200, 400)
    assert kept() == before


@pytest.mark.parametrize("file_name", ["a.html", "a.svg", "a.xhtml", "a.js", "a.exe", "a.pdf.html", "a"])
def test_what_could_run_is_no_document(file_name: str, world: World) -> None:
    before = kept()
    sent = {"title": "x", "file": SimpleUploadedFile(file_name, HTML)}
    assert world.browser(Who.TRAINER).post(reverse("wagtaildocs:add"), sent).status_code in (200, 400)
    assert kept() == before


def test_a_document_is_only_ever_a_download(world: World) -> None:
    """Whatever hides behind the name, the browser is told not to look."""
    sent = {"title": "x", "file": SimpleUploadedFile("a.pdf", HTML)}
    world.browser(Who.TRAINER).post(reverse("wagtaildocs:add"), sent)
    document = get_document_model().objects.latest("pk")
    answer = world.browser(Who.LEARNER).get(reverse("wagtaildocs_serve", args=[document.pk, document.filename]))
    assert body_of(answer) == HTML
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'"


@pytest.mark.parametrize(
    "file_name",
    [
        "../../../../tmp/x.pdf",
        "..\\..\\x.pdf",
        "C:\\x.pdf",
        "/etc/x.pdf",
        "字" * 300 + ".pdf",
        "CON.pdf",
        "a\u202efdp.pdf",
    ],
)
def test_a_file_name_leads_nowhere(file_name: str, world: World) -> None:
    before = kept()
    sent = {"title": "x", "file": SimpleUploadedFile("a.pdf", b"%PDF-1.4")}
    sent["file"].name = file_name  # type: ignore[attr-defined]
    answer = world.browser(Who.TRAINER).post(reverse("wagtaildocs:add"), sent)
    if answer.status_code == 302:
        stored = get_document_model().objects.latest("pk").file
        assert stored.name.startswith("documents/") and ".." not in stored.name
        assert stored.storage.exists(stored.name)
    else:
        assert kept() == before


UPLOADS = [
    "people:roster_read", "exams:import", "courses_desk:import", "wagtailimages:add", "wagtailimages:add_multiple",
    "wagtaildocs:add", "wagtaildocs:add_multiple", "wagtailimages_chooser:create", "wagtaildocs_chooser:create",
    "media_video:create", "media_audio:create", "media_captions:create", "media_document:create",
]  # fmt: skip


@pytest.mark.parametrize("door", UPLOADS)
def test_who_may_not_upload_is_not_listened_to(door: str, world: World) -> None:
    before = kept()
    for who in (Who.ANONYMOUS, Who.LEARNER, Who.MANAGER, Who.AUDITOR, Who.EXTERNAL, Who.SYSTEM_ADMIN):
        file = SimpleUploadedFile("a.xlsx", b"x" * 100_000)
        answer = world.browser(who).post(reverse(door), {"file": file})
        assert answer.status_code == 404 or answer.headers["Location"].startswith("/accounts/login/")
        large = SimpleUploadedFile("a.xlsx", b"x" * 1_100_000)
        assert world.browser(who).post(reverse(door), {"file": large}).status_code == 413
    assert kept() == before
