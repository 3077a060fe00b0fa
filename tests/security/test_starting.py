"""What the platform refuses to start with."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import override_settings

from lms.people.models import Person
from lms.people.passwords import DEMO_PASSWORD
from lms.portal import checks

RIGHT = {"ALLOWED_HOSTS": ["localhost"]}  # the tests' own settings answer to every name
ROOT = Path(__file__).parents[2]


def reasons(**changes: Any) -> list[str]:
    with override_settings(**{**RIGHT, **changes}):
        return [str(found.msg) for found in checks.check_settings(None)]


def test_as_it_is_it_starts() -> None:
    assert reasons() == []


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"DEBUG": True}, "DEBUG"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY"),
        ({"SECRET_KEY": "django-insecure-" + "x" * 60}, "SECRET_KEY"),
        ({"ALLOWED_HOSTS": ["localhost", "*"]}, "LIDIAN_HOSTS"),
        ({"SESSION_ENGINE": "django.contrib.sessions.backends.cache"}, "会话"),
        ({"SESSION_ENGINE": "django.contrib.sessions.backends.signed_cookies"}, "会话"),
        ({"PDF_FONTS": [Path("nowhere/NotoSansSC-400.ttf.xz")]}, "NotoSansSC-400"),
        ({"STATIC_ROOT": "/srv/lidian", "MEDIA_ROOT": "/srv/lidian/media"}, "MEDIA_ROOT"),
    ],
)
def test_settings_that_open_a_door_are_named(changes: dict[str, Any], word: str) -> None:
    found = reasons(**changes)
    assert len(found) == 1
    assert word in found[0]


@pytest.mark.django_db
def test_the_database_of_the_tests_is_as_safe_as_the_real_one() -> None:
    assert not checks.check_databases(None, databases=["default"])


class Answers:
    """A connection whose server says what we want to hear."""

    def __init__(self, vendor: str, said: dict[str, str], mode: str = "IMMEDIATE") -> None:
        self.vendor, self.said, self.transaction_mode = vendor, said, mode

    def is_in_memory_db(self) -> bool:
        return False

    def cursor(self) -> "Answers":
        return self

    def __enter__(self) -> "Answers":
        return self

    def __exit__(self, *error: object) -> None:
        pass

    def execute(self, asked: str) -> None:
        self.asked = asked.split()[-1]

    def fetchone(self) -> tuple[str]:
        return (self.said[self.asked],)


SAFE = {"journal_mode": "wal", "synchronous": "2", "synchronous_commit": "on", "fsync": "on", "full_page_writes": "on"}


@pytest.mark.parametrize(
    ("vendor", "name", "value"),
    [
        ("sqlite", "journal_mode", "delete"),
        ("sqlite", "synchronous", "1"),
        ("sqlite", "synchronous", "0"),
        ("postgresql", "synchronous_commit", "off"),
        ("postgresql", "fsync", "off"),
        ("postgresql", "full_page_writes", "off"),
    ],
)
def test_a_database_that_could_lose_answers_is_refused(vendor: str, name: str, value: str) -> None:
    durability = checks._DURABILITY[vendor]
    assert list(durability(Answers(vendor, SAFE))) == []
    assert [name in reason for reason in durability(Answers(vendor, {**SAFE, name: value}))] == [True]


def test_sqlite_must_take_its_lock_at_once() -> None:
    assert len(list(checks._sqlite(Answers("sqlite", SAFE, mode="DEFERRED")))) == 1


@pytest.mark.django_db
def test_the_accounts_of_the_demo_are_refused_outside_it() -> None:
    person = Person(staff_no="00120011", name="林晓雯")
    person.set_password(DEMO_PASSWORD)
    person.save()
    with override_settings(**RIGHT, DEMO=True):
        checks.refuse_to_start()
    with override_settings(**RIGHT, DEMO=False), pytest.raises(ImproperlyConfigured, match="LIDIAN_DEMO=1"):
        checks.refuse_to_start()
    person.set_password("A-Password-Of-Her-Own-7")
    person.save()
    with override_settings(**RIGHT, DEMO=False):
        checks.refuse_to_start()


def test_the_web_application_refuses_in_words(tmp_path: Path) -> None:
    """A process of its own, as the web server would start it."""
    env = {
        "LIDIAN_DATA": str(tmp_path),
        "LIDIAN_HOSTS": "*",
        "SECRET_KEY": "short",
        "PATH": "",
        "PYTHONPATH": str(ROOT),
    }
    started = subprocess.run(
        [sys.executable, "-c", "import lms.wsgi"], env=env, capture_output=True, text=True, timeout=60, check=False
    )
    assert started.returncode != 0
    assert "lidian.E002" in started.stderr and "lidian.E003" in started.stderr
