"""Where `next` leads, which host names count, and what a method other than GET and POST gets."""

from typing import Any
from urllib.parse import urlencode

import pytest
from django.core import mail
from django.test import Client, override_settings
from django.urls import reverse

from lms.notices.actions import send, send_due_mail
from tests.architecture.world import Who, World

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("ways_out_and_in")]  # one world, one worker

OUTSIDE = [
    "//evil.example", "///evil.example", "https://evil.example/", "https:evil.example", "https:/evil.example",
    "http:\\\\evil.example", "\\\\evil.example", "/\\evil.example", "/\t/evil.example", "\x00//evil.example",
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "//evil.example%2f..", "%2f%2fevil.example",
    " //evil.example", "\r\n//evil.example", "/\r\nSet-Cookie: x=1", "https://testserver@evil.example/", "//127.0.0.1",
    "ftp://testserver/", "https://testserver.evil.example/",
]  # fmt: skip

SPELLINGS = [
    "//desk/people/", "/Desk/people/", "/desk/people/;x", "/desk%2fpeople/", "/desk/people%0a", "/./desk/people/",
    "/desk//people/", "/desk/people/..;/", "/cms%2f", "/CMS/",
]  # fmt: skip


def stays(location: str) -> bool:
    return location.startswith("/") and not location.startswith(("//", "/\\")) and not set("\r\n\t\0") & set(location)


@pytest.mark.parametrize("target", OUTSIDE, ids=ascii)
def test_no_way_out_after_logging_in(target: str, world: World) -> None:
    person = world.fresh(Who.LEARNER)
    person.set_password("Knock-Knock-2031")
    person.save()
    sent = {"login": person.staff_no, "password": "Knock-Knock-2031", "next": target}
    for url in ("/accounts/login/", "/accounts/login/?" + urlencode({"next": target})):
        answer = Client().post(url, sent)
        assert answer.status_code == 302
        assert stays(answer.headers["Location"])


@pytest.mark.parametrize("target", OUTSIDE, ids=ascii)
def test_no_way_out_of_switches_and_buttons(target: str, world: World) -> None:
    doors: list[tuple[Who, str, dict[str, Any]]] = [
        (Who.LEARNER, reverse("account_preferences"), {"large_text": "on"}),
        (Who.LEARNER, reverse("set_language"), {"language": "en"}),
        (Who.ANONYMOUS, reverse("set_language"), {"language": "en"}),
        (Who.MANAGER, reverse("reports:remind", args=[world.things["person"]]), {}),
        (Who.MANAGER, reverse("reports:remind_overdue"), {}),
    ]
    for who, url, sent in doors:
        answer = world.browser(who).post(url, {**sent, "next": target})
        assert answer.status_code == 302, url
        assert stays(answer.headers["Location"]), url
    again = world.browser(Who.LEARNER).get("/accounts/login/?" + urlencode({"next": target}))
    out = world.browser(Who.LEARNER).post(reverse("account_logout"), {"next": target})
    assert again.status_code == out.status_code == 302
    assert stays(again.headers["Location"]) and stays(out.headers["Location"])


def test_who_was_asked_to_log_in_comes_back(world: World) -> None:
    answer = Client().get("/me/transcript/?x=1")
    assert answer.headers["Location"] == "/accounts/login/?next=/me/transcript/%3Fx%3D1"


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "localhost:80@evil.example", "", "a b"])
def test_a_forged_host_is_refused(host: str, world: World) -> None:
    with override_settings(ALLOWED_HOSTS=["localhost"]):
        for url in ("/accounts/login/", "/verify/" + world.things["code"], "/healthz"):
            assert Client().get(url, headers={"host": host}).status_code == 400


def test_forwarded_hosts_count_for_nothing(world: World) -> None:
    with override_settings(ALLOWED_HOSTS=["localhost"], SITE_URL="https://learn.example.cn"):
        browser = world.browser(Who.LEARNER)
        forged = {"host": "localhost", "x-forwarded-host": "evil.example", "forwarded": "host=evil.example"}
        for name in ("certificates:show", "certificates:qr"):
            page = browser.get(reverse(name, args=[world.things["certificate"]]), headers=forged).content.decode()
            assert "evil.example" not in page
        answer = browser.get(reverse("certificates:show", args=[world.things["certificate"]]), headers=forged)
        assert "https://learn.example.cn/verify/" in answer.content.decode()


def test_links_in_mails_come_from_the_configured_address(world: World) -> None:
    person = world.fresh(Who.OTHER_LEARNER)
    person.email = "peng@example.cn"
    person.save()
    with override_settings(SITE_URL="https://learn.example.cn"):
        context = {"course": "触电急救", "course_uuid": str(world.things["course"]), "count": 1}
        send("reminder", to=person, context=context, key="x", at=world.at)
        send_due_mail(at=world.at)
    texts = [str(message.body) for message in mail.outbox]
    assert any("https://learn.example.cn/courses/" in text for text in texts)
    assert all("testserver" not in text and "localhost" not in text for text in texts)


@pytest.mark.parametrize("field", ["_method", "X-HTTP-Method-Override"])
def test_a_get_cannot_pretend_to_be_a_post(field: str, world: World) -> None:
    things = world.things
    for url in (
        reverse("account_logout"),
        reverse("portal:enrol", args=[things["course"]]),
        reverse("exams:submit", args=[things["attempt"]]),
        reverse("certificates:revoke", args=[things["certificate"]]),
        reverse("people:deactivate", args=[things["person"]]),
    ):
        answer = world.browser(Who.TRAINING_ADMIN).get(url, {field: "POST"}, headers={field.replace("_", "-"): "POST"})
        assert answer.status_code in (200, 404, 405)
    assert world.browser(Who.TRAINING_ADMIN).get("/me/").status_code == 200, "still logged in"
    world.people[Who.LEARNER].refresh_from_db()
    assert world.people[Who.LEARNER].is_active


@pytest.mark.parametrize("path", SPELLINGS)
@pytest.mark.parametrize("who", [Who.ANONYMOUS, Who.LEARNER])
def test_spelling_an_address_otherwise_opens_nothing(path: str, who: Who, world: World) -> None:
    answer = world.browser(who).get(path)
    assert answer.status_code in (301, 302, 404)
    if answer.status_code == 301:
        assert stays(answer.headers["Location"])
