"""Videos, recordings, captions and documents: what is taken, what is refused in words, and who may choose it."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse

from cms.media import arrivals, boxes, library, pages
from cms.models import MediaFile
from lms.people.body_size import body_size
from lms.people.models import Person
from tests.cms.recordings import CAPTIONS, film, pdf, silence

pytestmark = pytest.mark.django_db
Desk = Callable[[Person], Client]
HTML = b"<!doctype html><script>alert(1)</script>"


@pytest.fixture
def send(desk_of: Desk, tang_zhiyuan: Person) -> Callable[[str, str, bytes], Any]:
    """Uploads as the chooser's window does; the answer's JSON."""
    client = desk_of(tang_zhiyuan)

    def upload(kind: str, name: str, content: bytes) -> Any:
        sent = {f"{kind}-title": "示范", f"{kind}-file": SimpleUploadedFile(name, content)}
        return client.post(reverse(f"media_{kind}:create"), sent).json()

    return upload


@pytest.mark.parametrize(
    ("kind", "content", "mime", "seconds", "page_count"),
    [
        ("video", film(), "video/mp4", 6, 0),
        ("video", film().replace(b"avc1", b"avc3"), "video/mp4", 6, 0),
        ("audio", silence(3), "audio/mpeg", 3, 0),
        ("audio", silence(3, b"ID3\x04\x00\x00\x00\x00\x00\x0a" + bytes(10)) + b"TAG" * 40, "audio/mpeg", 3, 0),
        ("audio", film().replace(b"vide", b"text"), "audio/mp4", 6, 0),
        ("captions", CAPTIONS, "text/vtt; charset=utf-8", 0, 0),
        ("captions", b"\xef\xbb\xbf" + CAPTIONS.replace(b"\n", b"\r\n"), "text/vtt; charset=utf-8", 0, 0),
        ("document", pdf(2), "application/pdf", 0, 2),
    ],
)  # fmt: skip
def test_a_file_is_kept_with_what_is_in_it(
    send: Any, tang_zhiyuan: Person, kind: str, content: bytes, mime: str, seconds: int, page_count: int
) -> None:
    assert send(kind, "anything.bin", content)["step"] == "chosen"
    kept = MediaFile.objects.get()
    assert (kept.kind, kept.mime, kept.seconds, kept.pages) == (kind, mime, seconds, page_count)
    assert kept.uploaded_by_user == tang_zhiyuan
    assert default_storage.exists(library.path(kept.uuid))
    assert default_storage.exists(library.path(kept.uuid, 1)) == (kind == "document")


BAD: list[tuple[str, str, bytes, str]] = [
    ("video", "a.mp4", b"", "空"),
    ("video", "a.mp4", HTML, "完整的 MP4"),
    ("video", "a.mp4", film()[:-1], "完整的 MP4"),
    ("video", "a.mp4", film()[:4000], "完整的 MP4"),
    ("video", "a.mp4", film().replace(b"moov", b"moo\x00"), "完整的 MP4"),
    ("video", "a.mp4", film().replace(b"mvhd", b"mvh\x00"), "完整的 MP4"),
    ("video", "a.mp4", film().replace(b"stsd", b"sts\x00"), "完整的 MP4"),
    ("video", "a.mp4", b"\x00\x00\x00\x01ftyp\xff\xff\xff\xff\xff\xff\xff\xff" + film(), "完整的 MP4"),
    ("video", "a.mp4", film().replace(b"avc1", b"hvc1"), "H.264"),
    ("video", "a.mp4", film().replace(b"vide", b"text"), "没有画面"),
    ("video", "a.mp4", film().replace(b"ftypisom", b"ftypqt  "), "QuickTime"),
    ("video", "a.mp4", film().replace(b"udta", b"mvex"), "分片"),
    ("video", "a.mp4", film().replace(b"mp4a", b"ac-3"), "AAC"),
    ("video", "a.mp4", silence(), "完整的 MP4"),
    ("audio", "a.mp3", HTML, "MP3 或 M4A"),
    ("audio", "a.mp3", film(), "带有画面"),
    ("audio", "a.mp3", silence()[:800], "MP3 或 M4A"),
    ("audio", "a.mp3", silence() + HTML * 2000, "MP3 或 M4A"),
    ("captions", "a.vtt", HTML, "WEBVTT"),
    ("captions", "a.vtt", CAPTIONS.replace(b"00:00.500", b"00:00,500"), "第 3 行"),
    ("captions", "a.vtt", CAPTIONS.replace(b"00:04.000", b"00:00.100"), "第 3 行"),
    ("captions", "a.vtt", "WEBVTT\n\n断电".encode("gb18030"), "UTF-8"),
    ("document", "a.pdf", HTML, "PDF"),
    ("document", "a.pdf", b"PK\x03\x04word/document.xml", "PDF"),
    ("document", "a.pdf", b"%PDF-1.4\n" + HTML, "打不开"),
]


@pytest.mark.parametrize(("kind", "name", "content", "said"), BAD)
def test_what_phones_cannot_play_is_refused_in_words(
    send: Any, kind: str, name: str, content: bytes, said: str
) -> None:
    answer = send(kind, name, content)
    assert answer["step"] == "reshow_creation_form"
    assert said in answer["htmlFragment"]
    assert not MediaFile.objects.exists()


def test_a_file_beyond_its_limit_is_refused_with_both_sizes(send: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(arrivals.LIMITS, "video", 10_000)
    assert "文件有 1 MB" in send("video", "a.mp4", film())["htmlFragment"]


def test_a_document_of_many_pages_is_refused(send: Any) -> None:
    assert "超过 100 页" in send("document", "a.pdf", pdf(pages.MOST + 1))["htmlFragment"]


@pytest.mark.parametrize("lasts", [0, 5 * 3600])
def test_nobody_watches_half_a_second_or_five_hours(send: Any, lasts: int) -> None:
    place = film().index(b"mvhd") + 20  # after version, two dates and 1,000 ticks a second
    wrong = film()[:place] + (lasts * 1000).to_bytes(4) + film()[place + 4 :]
    assert "时长" in send("video", "a.mp4", wrong)["htmlFragment"]


def test_the_index_comes_first_and_still_finds_every_picture(send: Any) -> None:
    send("video", "a.mp4", film())
    with default_storage.open(library.path(MediaFile.objects.get().uuid)) as stored:
        moved = stored.read()
    before, after = _first_chunk(film()), _first_chunk(moved)
    assert moved.index(b"moov") < moved.index(b"mdat")
    assert after != before
    assert moved[after : after + 64] == film()[before : before + 64]
    assert boxes.read(io.BytesIO(moved), len(moved)).ready


def _first_chunk(content: bytes) -> int:
    place = content.index(b"stco")
    return int.from_bytes(content[place + 12 : place + 16])


@pytest.mark.parametrize("kind", ["video", "audio", "captions", "document"])
def test_a_trainer_chooses_among_their_own_files_of_the_kind(
    send: Any, desk_of: Desk, tang_zhiyuan: Person, deng_min: Person, kind: str
) -> None:
    send("video", "a.mp4", film())
    chosen = MediaFile.objects.get().pk
    mine = desk_of(tang_zhiyuan).get(reverse(f"media_{kind}:choose")).json()["html"]
    hers = desk_of(deng_min).get(reverse(f"media_{kind}:choose")).json()["html"]
    assert ("示范" in mine) == (kind == "video")
    assert "示范" not in hers
    answer = desk_of(deng_min).get(reverse(f"media_{kind}:chosen", args=[chosen]))
    assert answer.status_code != 200


def test_a_reviewer_uploads_nothing(desk_of: Desk, sun_guoqiang: Person) -> None:
    sent = {"video-title": "x", "video-file": SimpleUploadedFile("a.mp4", film())}
    assert desk_of(sun_guoqiang).post(reverse("media_video:create"), sent).status_code != 200
    assert not MediaFile.objects.exists()


@pytest.mark.parametrize(
    ("door", "megabytes", "status"),
    [("media_video:create", 301, 200), ("media_video:create", 310, 413), ("media_audio:create", 100, 413),
     ("media_document:create", 25, 413), ("wagtaildocs:add", 100, 413)],
)  # fmt: skip
def test_only_the_doors_of_videos_and_recordings_take_large_bodies(
    tang_zhiyuan: Person, li_zhendong: Person, door: str, megabytes: int, status: int
) -> None:
    """301 MB get as far as the form, which says how much is possible."""
    request = RequestFactory().post(reverse(door), CONTENT_LENGTH=str(megabytes * 1024 * 1024))
    request.META["CONTENT_LENGTH"] = str(megabytes * 1024 * 1024)
    request.user = tang_zhiyuan
    assert body_size(lambda _: HttpResponse())(request).status_code == status
    request.user = li_zhendong
    assert body_size(lambda _: HttpResponse())(request).status_code == 413
