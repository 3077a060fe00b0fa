"""The menu shows what one may open, and every entry opens."""

from collections.abc import Callable

import pytest
from django.test import Client

from lms.people.models import Person
from lms.portal.navigation import desk_menu

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Person], Client]


def menu_of(client: Client) -> list[str]:
    context = client.get("/").context
    return [item["key"] for item in context["desk_nav"]]


def test_who_only_learns_has_no_desk(client_of: ClientOf, li_zhendong: Person) -> None:
    assert menu_of(client_of(li_zhendong)) == []


@pytest.mark.parametrize(
    ("who", "keys"),
    [
        ("luo_jianhua", ["completion", "signing", "records"]),
        ("lin_xiaowen", ["completion", "signing", "assignments", "people", "records", "certificates"]),
        ("ma_yue", ["exams", "questions"]),
        ("tang_zhiyuan", ["content"]),
        ("sun_guoqiang", ["content"]),
    ],
)
def test_everybody_finds_their_own_desk_and_every_entry_opens(
    request: pytest.FixtureRequest, client_of: ClientOf, who: str, keys: list[str]
) -> None:
    client = client_of(request.getfixturevalue(who))
    assert menu_of(client) == keys
    menu = client.get("/").context["desk_nav"]
    assert client.get("/desk/").headers["Location"] == menu[0]["url"]
    for item in menu:
        if item["key"] != "content":
            assert client.get(item["url"]).status_code == 200


def test_two_permissions_for_one_place_make_one_entry() -> None:
    menu = desk_menu(frozenset({"courses.edit", "courses.review"}))
    assert [item["key"] for item in menu] == ["content"]
