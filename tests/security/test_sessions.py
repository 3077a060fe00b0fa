"""Rights end when they end: on the next request, in every browser that is still open."""

from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client, override_settings
from django.urls import reverse

from lms.people import actions
from lms.people.enums import Role
from lms.people.models import Position, RoleGrant
from lms.people.passwords import DEMO_PASSWORD
from tests.architecture.world import Who, World
from tests.security.doors import body_of

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("sessions")]  # one world, one worker
PASSWORD = "Knock-Knock-2031"


def with_password(world: World, who: Who, password: str = PASSWORD) -> Any:
    person = world.fresh(who)
    person.set_password(password)
    person.save()
    return person


def log_in(client: Client, number: str, password: str = PASSWORD) -> Any:
    return client.post("/accounts/login/", {"login": number, "password": password})


def statuses(browser: Client, pages: list[str]) -> list[int]:
    found = []
    for page in pages:
        answer = browser.get(page)
        body_of(answer)
        found.append(answer.status_code)
    return found


# C04


def test_a_manager_who_moves_sees_the_old_station_no_longer(world: World) -> None:
    browser = world.browser(Who.MANAGER)
    manager = world.fresh(Who.MANAGER)
    pages = ["/desk/completion/?unit=CG", "/desk/completion/people/?unit=CG", "/desk/completion/export.xlsx?unit=CG",
             f"/desk/records/?person={world.things['person']}"]  # fmt: skip
    assert statuses(browser, pages) == [200] * 4
    actions.revoke_role(grant=RoleGrant.objects.get(person=manager), by=None, at=world.at)
    assert statuses(browser, pages) == [404] * 4
    assert browser.get("/").status_code == 200, "still logged in, as a learner"


def test_who_moves_away_is_out_of_the_managers_sight(world: World) -> None:
    browser = world.browser(Who.MANAGER)
    learner, there = world.fresh(Who.LEARNER), world.units["HD"]
    assert learner.name in browser.get("/desk/completion/people/").content.decode()
    post = Position.objects.get(code="P00")
    actions.move(person=learner, unit=there, position=post, starts_on=world.at.date(), by=None, at=world.at)
    assert learner.name not in browser.get("/desk/completion/people/").content.decode()
    assert learner.name not in browser.get("/desk/records/?q=" + learner.staff_no).content.decode()
    assert browser.get(f"/desk/records/?person={learner.uuid}").status_code == 404
    assert browser.post(reverse("reports:remind", args=[learner.uuid])).status_code == 404
    record = reverse("records:correct", args=[world.things["record"]])
    assert browser.get(record).status_code == 404
    assert learner.name in world.browser(Who.OTHER_MANAGER).get("/desk/completion/people/").content.decode()


@pytest.mark.parametrize("verb", [actions.deactivate, actions.end_sessions, actions.issue_password])
def test_an_account_that_is_closed_is_closed_at_once(verb: Any, world: World) -> None:
    browser = world.browser(Who.LEARNER)
    assert browser.get("/me/").status_code == 200
    verb(person=world.fresh(Who.LEARNER), by=None, at=world.at)
    answer = browser.get("/me/")
    assert answer.status_code == 302 and answer.headers["Location"].startswith("/accounts/login/")
    save = browser.post(
        reverse("exams:answer", args=[world.things["attempt"]]), headers={"accept": "application/json"}
    )
    assert save.status_code == 401


def test_a_trainer_without_the_role_is_out_of_the_content_desk_at_once(world: World) -> None:
    browser, trainer = world.browser(Who.TRAINER), world.fresh(Who.TRAINER)
    edit = reverse("wagtailadmin_pages:edit", args=[world.things["page"]])
    assert browser.get(edit).status_code == 200
    actions.revoke_role(grant=RoleGrant.objects.get(person=trainer), by=None, at=world.at)
    assert browser.get(edit).status_code == 404
    assert browser.get("/media/" + world.things["image_file"]).status_code == 404


def test_a_role_with_an_end_ends_then(world: World, move_clock: Any) -> None:
    browser = world.browser(Who.MANAGER)
    RoleGrant.objects.filter(person=world.fresh(Who.MANAGER)).update(ends_at=world.at.replace(year=world.at.year + 1))
    assert browser.get("/desk/completion/").status_code == 200
    move_clock(370 * 24 * 3600)
    assert browser.get("/desk/completion/").status_code in (302, 404)


# D05


def test_the_session_is_a_new_one_after_logging_in(world: World) -> None:
    """A cookie set before, by whoever, is worth nothing afterwards."""
    person = with_password(world, Who.LEARNER)
    client = Client()
    client.cookies["sessionid"] = "a" * 32
    assert log_in(client, person.staff_no).status_code == 302
    assert client.cookies["sessionid"].value != "a" * 32
    planted = Client()
    planted.cookies["sessionid"] = "a" * 32
    assert planted.get("/me/").status_code == 302


def test_the_session_of_one_person_never_becomes_anothers(world: World) -> None:
    learner, other = with_password(world, Who.LEARNER), with_password(world, Who.OTHER_LEARNER)
    client = Client()
    log_in(client, learner.staff_no)
    first = client.cookies["sessionid"].value
    client.post("/accounts/logout/")
    log_in(client, other.staff_no)
    assert client.cookies["sessionid"].value != first
    assert not Session.objects.filter(session_key=first).exists()


def test_the_session_changes_with_the_password_and_all_others_end(world: World) -> None:
    person = with_password(world, Who.LEARNER)
    here, elsewhere = Client(), Client()
    for client in (here, elsewhere):
        log_in(client, person.staff_no)
    before = here.cookies["sessionid"].value
    new = "Other-Horse-2032"
    sent = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert here.post("/accounts/password/change/", sent).status_code == 302
    assert here.cookies["sessionid"].value != before
    assert here.get("/me/").status_code == 200
    assert elsewhere.get("/me/").status_code == 302
    stolen = Client()
    stolen.cookies["sessionid"] = before
    assert stolen.get("/me/").status_code == 302


def test_the_session_is_a_new_one_after_a_role_was_given_or_taken(world: World) -> None:
    """In every browser, and without logging in again: whoever knew the old key has nothing."""
    learner, admin = with_password(world, Who.LEARNER), world.fresh(Who.SYSTEM_ADMIN)
    here, elsewhere = Client(), Client()
    for browser in (here, elsewhere):
        log_in(browser, learner.staff_no)
    keys = [browser.cookies["sessionid"].value for browser in (here, elsewhere)]
    grant = actions.grant_role(person=learner, role=Role.MANAGER, unit=world.units["CG"], by=admin, at=world.at)
    assert statuses(here, ["/desk/completion/"] * 2) == [200, 200]
    actions.revoke_role(grant=grant, by=admin, at=world.at)
    for browser in (here, elsewhere):
        assert statuses(browser, ["/desk/completion/", "/me/"]) == [404, 200]
        keys.append(browser.cookies["sessionid"].value)
    assert len(set(keys)) == 4
    for key in keys[:2]:
        stolen = Client()
        stolen.cookies["sessionid"] = key
        assert stolen.get("/me/").status_code == 302


def test_logging_out_ends_the_session_and_empties_the_browser(world: World) -> None:
    browser = world.browser(Who.LEARNER)
    key = browser.cookies["sessionid"].value
    answer = browser.post("/accounts/logout/")
    assert "storage" in answer.headers["Clear-Site-Data"]
    assert not Session.objects.filter(session_key=key).exists()


# D14


def test_outside_the_demo_its_password_opens_nothing(world: World) -> None:
    person = with_password(world, Who.LEARNER, DEMO_PASSWORD)
    with override_settings(DEMO=False):
        client = Client()
        assert log_in(client, person.staff_no, DEMO_PASSWORD).status_code == 200
        assert client.get("/me/").status_code == 302
        sent = {"login": person.staff_no, "password": DEMO_PASSWORD, "expected": str(person.uuid)}
        assert client.post("/accounts/relogin/", sent).status_code == 400
    with override_settings(DEMO=True):
        assert log_in(Client(), person.staff_no, DEMO_PASSWORD).status_code == 302


@pytest.mark.parametrize(
    "path",
    ["/admin/", "/static/../.git/config", "/static/.git/config", "/static/%2e%2e/manage.py", "/__debug__/",
     "/api/docs", "/api/openapi.json", "/media/", "/media/../lidian.sqlite3", "/media/secret_key", "/secret_key",
     "/setup/", "/accounts/signup/", "/accounts/password/reset/", "/accounts/email/",
     "/accounts/social/login/cancelled/", "/documents/1/../../secret_key", "/images/../secret_key"],
)  # fmt: skip
@pytest.mark.parametrize("who", [Who.ANONYMOUS, Who.SYSTEM_ADMIN])
def test_there_is_nothing_else_to_find(path: str, who: Who, world: World) -> None:
    answer = world.browser(who).get(path)
    assert answer.status_code == 404 or answer.headers.get("Location", "").startswith("/accounts/login/")
