"""What must hold before the platform starts; each failure says what to do about it.

Some can be read from the settings alone (tag `security`, run by every command), some need the database (tag
`database`: `check --database default`, `migrate`). The web server runs both before its first request.
"""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register, run_checks
from django.core.exceptions import ImproperlyConfigured
from django.db import connections
from django.db.utils import DatabaseError
from django.utils.translation import gettext as _

from lms.people.models import Person
from lms.people.passwords import DEMO_PASSWORD

SHORTEST_KEY: Final = 50  # characters; `lms.kernel.secret` makes 86
NOT_KEPT: Final = ("django.contrib.sessions.backends.cache", "django.contrib.sessions.backends.signed_cookies")
PRAGMAS: Final = {"journal_mode": ("wal",), "synchronous": ("2", "3")}  # 2 is FULL, 3 EXTRA
DURABLE: Final = ("synchronous_commit", "fsync", "full_page_writes")
DEMO_NUMBERS: Final = ("00120039", "00120031", "00120017", "00120011", "00120097", "admin")  # printed by bin/run


def refuse_to_start() -> None:
    """Raise ImproperlyConfigured with every reason, if there is one."""
    found = run_checks(tags=[Tags.security, Tags.database], databases=["default"])
    reasons = [f"{message.id} {message.msg}" for message in found if (message.id or "").startswith("lidian.")]
    if reasons:
        raise ImproperlyConfigured("\n".join([_("The platform does not start like this:"), *reasons]))


@register(Tags.security)
def check_settings(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    rules = (_debug, _secret_key, _hosts, _sessions, _fonts, _media)
    return [Error(reason, id=f"lidian.E{number:03}") for number, rule in enumerate(rules, 1) if (reason := rule())]


def _debug() -> str:
    return _("DEBUG shows passwords and code to everybody. Please switch it off.") if settings.DEBUG else ""


def _secret_key() -> str:
    key: str = settings.SECRET_KEY
    if len(key) >= SHORTEST_KEY and not key.startswith("django-insecure"):
        return ""
    return _("SECRET_KEY needs 50 random characters. Leave it out, and one is made in LIDIAN_DATA.")


def _hosts() -> str:
    if "*" not in settings.ALLOWED_HOSTS:
        return ""
    return _("LIDIAN_HOSTS must name the hosts people reach us by, never “*”: links could be forged.")


def _sessions() -> str:
    if settings.SESSION_ENGINE not in NOT_KEPT:
        return ""
    return _("Sessions belong into the database: an emptied cache would log everybody out in the middle of an exam.")


def _fonts() -> str:
    missing = [path.name for path in settings.PDF_FONTS if not path.exists()]
    if not missing:
        return ""
    return _("vendor/fonts lacks %(names)s: names on certificates would print as boxes.") % {
        "names": ", ".join(missing)
    }


def _media() -> str:
    media = Path(settings.MEDIA_ROOT).resolve()
    public = [Path(folder).resolve() for folder in (settings.STATIC_ROOT, *settings.STATICFILES_DIRS) if folder]
    if not any(media.is_relative_to(folder) for folder in public):
        return ""
    return _("MEDIA_ROOT lies inside a folder that is served to everybody. Please move it.")


@register(Tags.database)
def check_databases(app_configs: Any, databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """How durable a commit is, and whether the demo company's accounts are here outside the demo."""
    reasons: list[str] = []
    for alias in databases or ():
        reasons += _DURABILITY.get(connections[alias].vendor, _unknown)(connections[alias])
    if databases and not settings.DEMO and _demo_accounts():
        reasons.append(
            _("The demo company's accounts are here. Start with LIDIAN_DEMO=1, or with an empty LIDIAN_DATA.")
        )
    return [Error(reason, id="lidian.E010") for reason in reasons]


def _sqlite(connection: Any) -> Iterator[str]:
    with connection.cursor() as cursor:
        for name, right in PRAGMAS.items():
            cursor.execute(f"PRAGMA {name}")
            if str(cursor.fetchone()[0]).lower() not in right and not connection.is_in_memory_db():
                yield _("SQLite's %(name)s is not safe: answers that were confirmed could be lost.") % {"name": name}
    if (connection.transaction_mode or "").upper() != "IMMEDIATE":
        yield _("SQLite needs transaction_mode IMMEDIATE: two people writing at once would fail.")


def _postgresql(connection: Any) -> Iterator[str]:
    with connection.cursor() as cursor:
        for name in DURABLE:
            cursor.execute(f"SHOW {name}")
            if cursor.fetchone()[0] == "off":
                yield _("PostgreSQL's %(name)s is off: answers that were confirmed could be lost.") % {"name": name}


def _unknown(connection: Any) -> Iterator[str]:
    yield _("Only PostgreSQL and SQLite are supported.")


_DURABILITY: Final[dict[str, Callable[[Any], Iterator[str]]]] = {"sqlite": _sqlite, "postgresql": _postgresql}


def _demo_accounts() -> bool:
    """Whether one of the accounts that are printed on the screen still has the password printed beside it."""
    try:
        found = list(Person.objects.active().filter(staff_no__in=DEMO_NUMBERS))
    except DatabaseError:  # not migrated yet
        return False
    return any(person.check_password(DEMO_PASSWORD) for person in found)
