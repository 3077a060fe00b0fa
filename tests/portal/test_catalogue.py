"""课程 narrowed by line, hours and post, with what is for one's own post first."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.test import Client

from courses.models import Course
from lms.people.models import Person, Position, PositionTag
from tests.factories import make_course

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Person], Client]


@pytest.fixture
def tags(li_zhendong: Person) -> dict[str, PositionTag]:
    """李振东's post is on site, not at the counter."""
    made = {key: PositionTag.objects.create(key=key, label=label) for key, label in LABELS.items()}
    Position.objects.get(posts__person=li_zhendong, posts__ends_on=None).tags.add(made["site"])
    return made


LABELS = {"site": "生产现场", "counter": "营业前台", "unused": "驾驶"}


@pytest.fixture
def courses(tags: dict[str, PositionTag]) -> dict[str, Course]:
    made = {
        "counter": make_course(title="营业厅服务规范", line="service", hours="4.5", code="A1"),
        "site": make_course(title="倒闸操作", line="safety", hours="1.0", code="B1"),
        "all": make_course(title="职业道德", line="policy", hours="2.0", code="C1"),
    }
    made["counter"].position_tags.add(tags["counter"])
    made["site"].position_tags.add(tags["site"])
    return made


def titles(client: Client, query: str = "") -> list[str]:
    cards = client.get(f"/courses/{query}").context["cards"]
    return [card["edition"].title for card in cards]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["倒闸操作", "职业道德", "营业厅服务规范"]),
        ("?hours=short", ["倒闸操作"]),
        ("?hours=middle", ["职业道德"]),
        ("?hours=long", ["营业厅服务规范"]),
        ("?post=mine", ["倒闸操作"]),
        ("?post=counter", ["营业厅服务规范"]),
        ("?post=counter&line=safety", []),
        ("?post=unused&hours=nonsense&line=x", ["倒闸操作", "职业道德", "营业厅服务规范"]),
        ("?hours=middle&q=职业", ["职业道德"]),
    ],
)
def test_each_filter_narrows_and_nonsense_does_not(
    client_of: ClientOf, li_zhendong: Person, courses: dict[str, Course], query: str, expected: list[str]
) -> None:
    assert titles(client_of(li_zhendong), query) == expected


def test_what_is_for_ones_post_says_so_only_there(
    client_of: ClientOf, li_zhendong: Person, xie_yulan: Person, courses: dict[str, Course]
) -> None:
    assert client_of(li_zhendong).get("/courses/").content.decode().count("适合您的岗位") == 1
    Position.objects.get(posts__person=li_zhendong, posts__ends_on=None).tags.clear()
    page = client_of(li_zhendong).get("/courses/?post=mine").content.decode()
    assert "我的岗位" not in page
    assert "职业道德" in page


def test_filters_keep_each_other_and_the_text(
    client_of: ClientOf, li_zhendong: Person, courses: dict[str, Course]
) -> None:
    page = client_of(li_zhendong).get("/courses/?line=policy&hours=middle&q=职业").content.decode()
    text = "q=%E8%81%8C%E4%B8%9A"
    assert f'href="?line=safety&amp;hours=middle&amp;{text}"' in page
    assert '<input type="hidden" name="line" value="policy">' in page
    assert '<option value="middle" selected>' in page
    assert "共 1 门课程" in page


def test_nothing_fitting_offers_the_way_out(
    client_of: ClientOf, li_zhendong: Person, courses: dict[str, Course]
) -> None:
    page = client_of(li_zhendong).get("/courses/?line=policy&hours=long").content.decode()
    assert "没有符合筛选条件的课程" in page


def test_a_phrase_is_searched_only_in_what_was_asked_for(
    client_of: ClientOf, li_zhendong: Person, courses: dict[str, Course]
) -> None:
    client = client_of(li_zhendong)
    assert len(client.get("/courses/?q=先验电").context["hits"]) == 6
    assert len(client.get("/courses/?q=先验电&post=mine").context["hits"]) == 2


def test_many_courses_come_in_pages_that_keep_the_filters(client_of: ClientOf, li_zhendong: Person) -> None:
    for _ in range(23):
        make_course(line="safety")
    client = client_of(li_zhendong)
    first = client.get("/courses/?line=safety")
    assert len(first.context["cards"]) == 20
    assert "?page=2&amp;line=safety" in first.content.decode()
    assert len(client.get("/courses/?page=2&line=safety").context["cards"]) == 3


def test_a_course_leads_back_to_the_list_as_it_was(
    client_of: ClientOf, li_zhendong: Person, courses: dict[str, Course]
) -> None:
    client, address = client_of(li_zhendong), f"/courses/{courses['site'].uuid}/"
    came = client.get(address, headers={"referer": "http://testserver/courses/?line=safety&page=2"})
    assert 'href="/courses/?line=safety&amp;page=2"' in came.content.decode()
    for elsewhere in ("http://evil.example/courses/?line=safety", "http://testserver/me/?line=safety", "http://[bad"):
        page = client.get(address, headers={"referer": elsewhere}).content.decode()
        assert 'class="topbar-back" href="/courses/"' in page


def test_the_catalogue_takes_at_most_fifteen_statements_whatever_is_asked(
    client_of: ClientOf,
    li_zhendong: Person,
    courses: dict[str, Course],
    statements: Callable[..., AbstractContextManager[object]],
) -> None:
    client = client_of(li_zhendong)
    client.get("/courses/")
    with statements(at_most=15):
        client.get("/courses/?line=safety&hours=short&post=mine&q=先验电")
