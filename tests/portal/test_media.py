"""Videos, recordings and documents of a lesson: who gets the files, and how, and what the study page says of them."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from cms.media.actions import keep_media
from cms.media.arrivals import Arrival
from courses.models import Course
from lms.people.models import Person
from lms.records.models import LessonResult
from tests.cms.pictures import sent, status
from tests.cms.recordings import CAPTIONS, PATTERN, film
from tests.factories import LessonSpec, make_course, medium, publish
from tests.portal.test_study_page import Page

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Person], Client]
Statements = Callable[..., AbstractContextManager[object]]


@pytest.fixture
def media(tang_zhiyuan: Person, at: datetime, tmp_path: Any) -> list[dict[str, Any]]:
    """A film with captions, and a document of two pages."""
    words = tmp_path / "a.vtt"
    words.write_bytes(CAPTIONS)

    def keep(kind: str, arrival: Arrival) -> str:
        return str(keep_media(kind=kind, title="示范", arrival=arrival, by=tang_zhiyuan, at=at).uuid)

    captions = keep("captions", Arrival(words, "text/vtt; charset=utf-8"))
    pdf = Arrival(PATTERN, "application/pdf", drawn=[PATTERN, PATTERN])
    return [
        medium(60, file=keep("video", Arrival(PATTERN, "video/mp4", seconds=60)), captions=captions),
        medium(pages=2, file=keep("document", pdf), mime="application/pdf", title="安规节选"),
    ]


@pytest.fixture
def course(media: list[dict[str, Any]]) -> Course:
    return make_course(lessons=[LessonSpec(text="先看示范。" * 8, media=media), "没有视频的课"])


@pytest.fixture
def page(client_of: ClientOf, li_zhendong: Person, course: Course) -> Page:
    return Page(client_of(li_zhendong), course)


def url(page: Page, file: str, number: str = "") -> str:
    return f"{page.url}media/{file}/{number}"


def test_a_player_gets_the_part_it_asks_for(page: Page, media: list[dict[str, Any]]) -> None:
    answer = page.client.get(url(page, media[0]["file"]), headers={"range": "bytes=100-199"})
    assert (answer.status_code, sent(answer)) == (206, film()[100:200])
    assert answer.headers["Content-Range"] == f"bytes 100-199/{len(film())}"
    assert answer.headers["Content-Type"] == "video/mp4"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"].startswith("private")
    assert page.client.get(url(page, media[0]["file"]), headers={"range": "bytes=99999-"}).status_code == 416


def test_a_large_film_is_sent_in_parts(
    page: Page, media: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cms.media.sending.AT_ONCE", 1000)
    answer = page.client.get(url(page, media[0]["file"]), headers={"range": "bytes=0-"})
    assert (answer.headers["Content-Range"], len(sent(answer))) == (f"bytes 0-999/{len(film())}", 1000)


def test_captions_pages_and_documents_come_as_what_they_are(page: Page, media: list[dict[str, Any]]) -> None:
    captions = page.client.get(url(page, media[0]["captions"]))
    assert (captions.headers["Content-Type"], sent(captions)) == ("text/vtt; charset=utf-8", CAPTIONS)
    drawn = page.client.get(url(page, media[1]["file"], "2/"))
    assert (status(drawn), drawn.headers["Content-Type"]) == (200, "image/webp")
    whole = page.client.get(url(page, media[1]["file"]))
    assert status(whole) == 200
    assert whole.headers["Content-Disposition"].startswith("attachment")
    assert whole.headers["Content-Security-Policy"] == "default-src 'none'"
    assert status(page.client.get(url(page, media[1]["file"], "3/"))) == 404


def test_a_file_is_there_only_within_its_own_lesson(
    page: Page, media: list[dict[str, Any]], course: Course, client_of: ClientOf, shi_lei: Person
) -> None:
    file = media[0]["file"]
    other = Page(page.client, course, 1)
    assert status(page.client.get(url(other, file))) == 404
    assert status(page.client.get(f"{page.url}media/")) == 404
    assert status(client_of(shi_lei).get(url(page, file))) == 404
    assert status(Client().get(url(page, file))) == 302


def test_who_learns_an_edition_keeps_its_files_and_gets_no_newer_ones(
    page: Page, media: list[dict[str, Any]], course: Course, client_of: ClientOf, xie_yulan: Person
) -> None:
    page.start()
    publish(course, [], [], title="新版")
    assert status(page.client.get(url(page, media[0]["file"]))) == 200
    assert status(client_of(xie_yulan).get(url(page, media[0]["file"]))) == 404


def test_the_page_says_what_is_left(page: Page, course: Course) -> None:
    html = page.client.get(page.url).content.decode()
    assert "看完视频“拉合闸示范”" in html and "还差 1 分钟" in html
    assert "读完文档“安规节选”" in html and "还差 2 页" in html
    assert "js/study-media" in html
    other = page.client.get(Page(page.client, course, 1).url).content.decode()
    assert "js/study-media" not in other and "css/media" not in other


def watched(file: str, *spans: object, at: object = 0) -> dict[str, Any]:
    return {"watched": {file: {"spans": list(spans), "at": at}}}


def test_a_film_is_watched_left_and_resumed(
    page: Page, media: list[dict[str, Any]], move_clock: Callable[[float], None]
) -> None:
    file = media[0]["file"]
    assert page.start()["media"][0] == {"file": file, "reached": 0, "at": 0, "left": 57, "done": False}
    move_clock(15)
    told = page.beat(**watched(file, [0, 15], at=12)).json()["media"][0]
    assert (told["reached"], told["at"], told["left"]) == (15, 12, 42)
    assert page.start()["media"][0]["at"] == 12


def test_a_lesson_ends_with_its_last_film_and_page(
    page: Page, media: list[dict[str, Any]], move_clock: Callable[[float], None]
) -> None:
    page.start()
    for number in range(1, 7):
        move_clock(15 * number)
        seen = watched(media[0]["file"], [0, 15 * number]) if number <= 4 else watched(media[1]["file"], [0, 2])
        answer = page.beat(end_reached=True, **seen).json()
    assert (answer["completed"], answer["outstanding"]) == (True, [])
    html = page.client.get(page.url).content.decode()
    assert "本课时已完成" in html and "还差 1 分钟" not in html and "还差 2 页" not in html


@pytest.mark.parametrize(
    "sent_of_it",
    [[], "x", {"f": 1}, {"f": {}}, {"f": {"spans": [[1]], "at": 0}}, {"f": {"spans": [["0", "9"]], "at": 0}},
     {"f": {"spans": [], "at": "end"}}, {"f": {"spans": [[0, True]], "at": 0}}, {"f": {"spans": 5, "at": 0}},
     {str(n): {"spans": [], "at": 0} for n in range(51)}],
)  # fmt: skip
def test_what_cannot_be_read_of_it_is_refused(page: Page, sent_of_it: object) -> None:
    page.start()
    assert page.beat(watched=sent_of_it).status_code == 400


@pytest.mark.parametrize("number", ["NaN", "Infinity", "1e999", "9" * 400])
def test_numbers_that_are_none_earn_nothing(page: Page, media: list[dict[str, Any]], number: str) -> None:
    page.start()
    body = f'{{"token": "{page.token}", "watched": {{"{media[0]["file"]}": {{"spans": [[0, {number}]], "at": 0}}}}}}'
    assert page.client.post(f"{page.url}beat/", body, "application/json").status_code == 400
    assert LessonResult.objects.get().watched == {}


def test_media_cost_no_statement(
    page: Page, media: list[dict[str, Any]], move_clock: Callable[[float], None], statements: Statements
) -> None:
    page.start()
    page.client.get(page.url)
    with statements(at_most=12):
        page.client.get(page.url)
    move_clock(15)
    page.beat(**watched(media[0]["file"], [0, 15]))
    move_clock(30)
    with statements(at_most=5):
        answer = page.beat(**watched(media[0]["file"], [15, 30], at=30))
    assert answer.json()["media"][0]["reached"] == 30
    with statements(at_most=4):
        assert status(page.client.get(url(page, media[0]["file"]))) == 200
