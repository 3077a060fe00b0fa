"""A request another site makes a browser send is refused at every door that changes something."""

import pytest

from tests.architecture.access_table import Door
from tests.architecture.world import Who, World
from tests.security.doors import WRITABLE, opener, path, post
from tests.security.test_reading_changes_nothing import changed, fingerprint

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("forms_need_their_token")]  # one world, one worker


@pytest.mark.parametrize("door", WRITABLE, ids=str)
def test_without_the_token_nothing_happens(door: Door, world: World) -> None:
    who = opener(door) if door.post and door.post.allowed else Who.LEARNER
    before = fingerprint()
    answer = post(world, door, who, enforce_csrf_checks=True)
    assert answer.status_code == 403
    assert not changed(before)


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://testserver.evil.example"])
def test_a_token_from_elsewhere_does_not_help(origin: str, world: World) -> None:
    """Sent with a right token, but by a page of another site."""
    browser = world.browser(Who.LEARNER, enforce_csrf_checks=True)
    browser.get("/me/")
    token = browser.cookies["csrftoken"].value
    sent = {"large_text": "on", "csrfmiddlewaretoken": token}
    assert browser.post("/accounts/preferences/", sent, headers={"origin": origin}).status_code == 403
    assert browser.post("/accounts/preferences/", sent).status_code == 302


@pytest.mark.parametrize("where", ["/accounts/login/", "/accounts/relogin/", "/lang/"])
def test_the_anonymous_need_it_too(where: str, world: World) -> None:
    assert world.browser(Who.ANONYMOUS, enforce_csrf_checks=True).post(where, {}).status_code == 403


def test_the_page_that_is_open_too_long_says_what_to_do(world: World) -> None:
    door = next(door for door in WRITABLE if door.name == "account_preferences")
    answer = world.browser(Who.LEARNER, enforce_csrf_checks=True).post(path(door, world), {})
    assert "页面打开时间过长" in answer.content.decode()
