"""The inbox: unread first, narrowed as one likes, read one by one or all at once."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from lms.notices import actions
from lms.notices.models import Notice
from lms.people.models import Person

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Person], Client]


@pytest.fixture
def notices(li_zhendong: Person, at: datetime) -> dict[str, Notice]:
    """Four, each an hour after the one before; the last two are read, in the wrong order."""
    made: dict[str, Notice] = {}
    for hours, (key, kind) in enumerate(KINDS.items()):
        sent = actions.send(
            kind, to=li_zhendong, context=CONTEXT, key=key, at=at - timedelta(days=2) + timedelta(hours=hours)
        )
        assert sent is not None
        made[key] = sent
    for minutes, key in enumerate(("newest", "newer")):
        actions.mark_read(person=li_zhendong, notice=made[key].uuid, at=at + timedelta(minutes=minutes))
    return made


KINDS = {"oldest": "assigned", "old": "password_changed", "newer": "assigned", "newest": "reminder"}
CONTEXT = {
    "course": "触电急救", "course_uuid": "c0", "required": True, "due_at": None, "count": 1, "lessons_left": 2,
    "happened_at": "2026-11-01T08:00:00+00:00",
}  # fmt: skip


def keys(answer: Any) -> list[str]:
    return [notice.key for notice, _shown in answer.context["notices"]]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["old", "oldest", "newest", "newer"]),
        ("?show=unread", ["old", "oldest"]),
        ("?show=courses", ["oldest", "newest", "newer"]),
        ("?show=account", ["old"]),
        ("?show=certificates", ["old", "oldest", "newest", "newer"]),
    ],
)
def test_unread_ones_come_first_and_topics_narrow(
    client_of: ClientOf, li_zhendong: Person, notices: dict[str, Notice], query: str, expected: list[str]
) -> None:
    assert keys(client_of(li_zhendong).get(f"/notices/{query}")) == expected


def test_only_topics_one_has_are_offered_with_their_counts(
    client_of: ClientOf, li_zhendong: Person, notices: dict[str, Notice]
) -> None:
    offered = client_of(li_zhendong).get("/notices/").context["choices"]
    assert [(one.key, one.count) for one in offered] == [("", 4), ("unread", 2), ("courses", 3), ("account", 1)]


def test_one_is_marked_and_the_reader_stays_where_they_were(
    client_of: ClientOf, li_zhendong: Person, xie_yulan: Person, notices: dict[str, Notice]
) -> None:
    address = f"/notices/{notices['oldest'].uuid}/read/"
    assert client_of(xie_yulan).post(address).status_code == 404
    assert client_of(li_zhendong).get(address).status_code == 405
    answer = client_of(li_zhendong).post(address, {"next": "/notices/?show=courses"})
    assert answer.headers["Location"] == "/notices/?show=courses"
    assert keys(client_of(li_zhendong).get("/notices/?show=unread")) == ["old"]
    again = client_of(li_zhendong).post(address, {"next": "//evil.example/"})
    assert again.headers["Location"] == "/notices/"


def test_with_nothing_unread_the_page_says_so(
    client_of: ClientOf, li_zhendong: Person, notices: dict[str, Notice]
) -> None:
    client = client_of(li_zhendong)
    client.post("/notices/read/")
    assert "没有未读消息" in client.get("/notices/?show=unread").content.decode()
    assert "全部标为已读" not in client.get("/notices/").content.decode()


def test_many_come_in_pages_that_keep_the_topic(client_of: ClientOf, li_zhendong: Person, at: datetime) -> None:
    for number in range(25):
        actions.send("assigned", to=li_zhendong, context=CONTEXT, key=f"n{number}", at=at)
    page = client_of(li_zhendong).get("/notices/?show=unread")
    assert len(keys(page)) == 20
    assert "?page=2&amp;show=unread" in page.content.decode()
    assert len(keys(client_of(li_zhendong).get("/notices/?show=unread&page=2"))) == 5


def test_the_inbox_takes_at_most_ten_statements(
    client_of: ClientOf,
    li_zhendong: Person,
    notices: dict[str, Notice],
    statements: Callable[..., AbstractContextManager[object]],
) -> None:
    client = client_of(li_zhendong)
    client.get("/notices/")
    with statements(at_most=10):
        client.get("/notices/")


def test_english_has_no_chinese_account_names_and_no_doubled_stops(
    client_of: ClientOf, li_zhendong: Person, at: datetime
) -> None:
    done = {"course": "S4", "course_uuid": "c0", "hours": "1", "account": "safety", "account_label": "安全培训学时"}
    actions.send("course_completed", to=li_zhendong, context=done, key="done", at=at)
    due = {**CONTEXT, "due_at": "2026-12-01T15:59:00+00:00"}
    actions.send("assigned", to=li_zhendong, context=due, key="due", at=at)
    client = client_of(li_zhendong)
    client.post("/lang/", {"language": "en"})
    page = client.get("/notices/").content.decode()
    assert "Credited: 1 hour (Safety training hours)" in page
    assert "Please finish it by 1 Dec 2026, 23:59." in page
    assert "Today " in page
