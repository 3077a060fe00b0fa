"""What every answer carries, whoever asks and whatever comes of it."""

import re
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse

from tests.architecture.access_table import Door
from tests.architecture.world import Who, World
from tests.security.doors import READABLE, body_of, desk_paths, opener, path

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("headers")]  # one world, one worker
KEPT = {"cms:asset", "portal:media", "portal:media_page"}  # files that never change: private, and kept


def policy(answer: HttpResponseBase) -> dict[str, list[str]]:
    found = [part.split() for part in answer.headers["Content-Security-Policy"].split(";")]
    return {part[0]: part[1:] for part in found if part}


def guarded(answer: HttpResponseBase) -> None:
    """The same on a page, a file, JSON, a redirect and a refusal."""
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["X-Frame-Options"] in ("SAMEORIGIN", "DENY")
    assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    rules = policy(answer)
    script = rules.get("script-src", rules["default-src"])
    assert not {"'unsafe-inline'", "'unsafe-eval'", "*", "https:", "data:"} & {*script, *rules["default-src"]}
    if rules["default-src"] != ["'none'"]:
        assert rules["object-src"] == rules["base-uri"] == ["'none'"]
        assert rules["form-action"] == rules["frame-ancestors"] == ["'self'"]


@pytest.mark.parametrize("door", READABLE, ids=str)
def test_what_somebody_logged_in_gets_is_guarded_and_kept_by_nobody(door: Door, world: World) -> None:
    answer = world.browser(opener(door)).get(path(door, world))
    guarded(answer)
    cache = answer.headers["Cache-Control"]
    assert "private" in cache
    assert ("no-store" in cache) != (door.name in KEPT)
    assert "Cookie" in answer.headers["Vary"]
    body_of(answer)


@pytest.mark.parametrize(
    ("method", "where", "status"),
    [
        ("get", "/accounts/login/", 302),
        ("get", "/nowhere/", 404),
        ("get", "/courses/enrol/", 404),
        ("post", "/courses/", 405),
        ("post", "/accounts/relogin/", 400),
    ],
)
def test_redirects_and_refusals_are_guarded_too(method: str, where: str, status: int, world: World) -> None:
    answer = getattr(world.browser(Who.LEARNER), method)(where)
    assert answer.status_code == status
    guarded(answer)
    assert "no-store" in answer.headers["Cache-Control"]


def test_a_refusal_that_says_who_can_is_guarded_too(world: World) -> None:
    answer = world.browser(Who.MANAGER).get(reverse("records:correct", args=[world.things["record"]]))
    assert answer.status_code == 403
    guarded(answer)
    assert "no-store" in answer.headers["Cache-Control"]


def test_scripts_carry_the_nonce_of_their_answer_and_nothing_is_inline(world: World) -> None:
    browser = world.browser(Who.LEARNER)
    pages = ["/", "/courses/", "/me/", reverse("exams:sheet", args=[world.things["attempt"]])]
    nonces = set()
    for where in pages:
        answer = browser.get(where)
        html = answer.content.decode()
        given = [part[7:-1] for part in policy(answer)["script-src"] if part.startswith("'nonce-")]
        used = re.findall(r'<script[^>]*nonce="([^"]+)"', html)
        assert len(given) == 1 and set(used) == set(given)
        assert len(re.findall(r"<script", html)) == len(used), "a script without nonce"
        assert not re.search(r"<[^>]+\son\w+\s*=", html), "an inline handler"
        assert not re.search(r"<style|<[^>]+\sstyle\s*=", html), "an inline style"
        nonces.add(given[0])
    assert len(nonces) == len(pages), "a nonce was used twice"


def test_the_content_desk_has_a_policy_too(world: World) -> None:
    """Wagtail needs inline scripts and styles; everything else is closed there as well."""
    for where in desk_paths(world):
        answer = world.browser(Who.TRAINER).get(where)
        rules = policy(answer)
        assert rules["default-src"] == ["'self'"], where
        assert rules["object-src"] == rules["base-uri"] == ["'none'"]
        assert rules["frame-ancestors"] == ["'self'"]
        assert "'unsafe-eval'" not in rules["script-src"]
        assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.parametrize("where", ["/verify/{code}", "/verify/nobody-has-this", "/healthz", "/nowhere/"])
def test_the_anonymous_leave_no_trace_and_get_no_cookie(where: str, world: World) -> None:
    before = Session.objects.count()
    answer = Client().get(where.format_map(world.things))
    guarded(answer)
    assert not answer.cookies
    assert Session.objects.count() == before


@pytest.mark.parametrize("where", ["/verify/{code}", "/accounts/login/", "/"])
def test_what_depends_on_a_cookie_says_so(where: str, world: World) -> None:
    assert "Cookie" in Client().get(where.format_map(world.things)).headers["Vary"]


def test_asking_for_the_log_in_page_makes_no_session(world: World) -> None:
    before = Session.objects.count()
    Client().get("/accounts/login/?next=/me/")
    Client().post("/accounts/login/", {"login": "00120101", "password": "wrong"})
    assert Session.objects.count() == before


def test_with_tls_cookies_are_secure_and_bound_to_the_host() -> None:
    """Read in a process of its own: settings are decided when it starts."""
    found = settings_with(LIDIAN_SITE_URL="https://learn.example.cn", LIDIAN_DEMO="0")
    assert found["SESSION_COOKIE_SECURE"] and found["CSRF_COOKIE_SECURE"]
    assert found["SESSION_COOKIE_NAME"].startswith("__Host-")
    assert found["SECURE_HSTS_SECONDS"] >= 31536000


def test_cookies_are_out_of_reach_for_scripts_and_other_sites(world: World) -> None:
    person = world.fresh(Who.LEARNER)
    person.set_password("Knock-Knock-2031")
    person.save()
    browser = Client()
    answer = browser.post("/accounts/login/", {"login": person.staff_no, "password": "Knock-Knock-2031"})
    assert answer.status_code == 302
    session = answer.cookies["sessionid"]
    assert session["httponly"] and session["samesite"] == "Lax" and session["path"] == "/"
    assert not session["domain"]
    assert answer.cookies["csrftoken"]["samesite"] == "Lax"
    start = browser.post(reverse("exams:takeover", args=[world.things["attempt"]]))
    holder = next(cookie for name, cookie in start.cookies.items() if name.startswith("sitting-"))
    assert holder["httponly"] and holder["samesite"] == "Lax"


def settings_with(**environment: str) -> dict[str, Any]:
    import json
    import os
    import subprocess
    import sys
    import tempfile

    program = (
        "import json, lms.settings as s; print(json.dumps({n: getattr(s, n) for n in "
        "('SESSION_COOKIE_SECURE','CSRF_COOKIE_SECURE','SESSION_COOKIE_NAME','SECURE_HSTS_SECONDS')}))"
    )
    with tempfile.TemporaryDirectory() as folder:
        env = {**os.environ, "LIDIAN_DATA": folder, **environment}
        done = subprocess.run([sys.executable, "-c", program], env=env, capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found
