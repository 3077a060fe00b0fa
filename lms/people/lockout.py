"""How often somebody may try to log in: five wrong passwords a number, 300 log-ins a minute an address.

One pair of counters for every way in, because the authentication backend asks here. Counters are rows: neither a
restart nor a flushed cache forgives. A right password gives back only the slot it took itself.
"""

import ipaddress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.db import connection
from django.http import HttpRequest

from lms.people.models import AddressLoginCount, LoginFailure

MOST_FAILURES: Final = 5
WINDOW: Final = timedelta(minutes=15)
MOST_PER_MINUTE: Final = 300
NO_ADDRESS: Final = "0.0.0.0"


@dataclass(frozen=True)
class Attempt:
    """A slot taken for one try. `left` tries remain if it turns out wrong; at 0 the number is locked."""

    number: str
    slot: int
    left: int


def take(number: str, *, address: str, at: datetime) -> Attempt | None:
    """Take a slot before looking at the password; None while the number is locked.

    The unique pair of number and slot decides between parallel tries, so no more than five are ever open.
    """
    for _ in range(MOST_FAILURES + 1):
        slots = dict(LoginFailure.objects.filter(number=number).values_list("slot", "at"))
        live = {slot for slot, taken in slots.items() if taken > at - WINDOW}
        free = [slot for slot in range(MOST_FAILURES) if slot not in live]
        if not free:
            return None
        if _claim(number, free[0], slots.get(free[0]), address, at):
            return Attempt(number, free[0], len(free) - 1)
    return None


def give_back(attempt: Attempt) -> None:
    """The password was right."""
    LoginFailure.objects.filter(number=attempt.number, slot=attempt.slot).delete()


def locked_until(number: str, *, at: datetime) -> datetime | None:
    """When a locked number may try again; None when it may now."""
    live = LoginFailure.objects.filter(number=number, at__gt=at - WINDOW).order_by("at").values_list("at", flat=True)
    times = list(live)
    return times[0] + WINDOW if len(times) >= MOST_FAILURES else None


def count_address(address: str, *, at: datetime) -> bool:
    """Count one log-in from the address; False when this minute has had its share. One statement."""
    table = AddressLoginCount._meta.db_table
    minute = connection.ops.adapt_datetimefield_value(at.replace(second=0, microsecond=0))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (address, minute, count) VALUES (%s, %s, 1) "
            f"ON CONFLICT (address, minute) DO UPDATE SET count = {table}.count + 1 RETURNING count",
            [address, minute],
        )
        tried: int = cursor.fetchone()[0]
    return tried <= MOST_PER_MINUTE


def forget_old(*, at: datetime) -> int:
    """Delete counters that no longer count."""
    failures, _ = LoginFailure.objects.filter(at__lte=at - WINDOW).delete()
    counts, _ = AddressLoginCount.objects.filter(minute__lt=at - timedelta(minutes=5)).delete()
    return failures + counts


def client_address(request: HttpRequest | None) -> str:
    """Where the request comes from: X-Forwarded-For only as far as our own proxies wrote it (LIDIAN_PROXY_COUNT)."""
    if request is None:
        return NO_ADDRESS
    hops = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    proxies: int = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    seen = hops[-proxies] if 0 < proxies <= len(hops) else ""
    return _address(seen) or _address(request.META.get("REMOTE_ADDR", "")) or NO_ADDRESS


def _address(text: str) -> str | None:
    try:
        return str(ipaddress.ip_address(text.strip()))
    except ValueError:
        return None


def _claim(number: str, slot: int, taken: datetime | None, address: str, at: datetime) -> bool:
    """Make the slot ours: take over an old row as it was seen, else insert one."""
    if taken:
        old = LoginFailure.objects.filter(number=number, slot=slot, at=taken)
        return old.update(at=at, address=address) == 1
    return _insert(number, slot, address, at)


def _insert(number: str, slot: int, address: str, at: datetime) -> bool:
    table = LoginFailure._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (number, slot, at, address) VALUES (%s, %s, %s, %s) "
            "ON CONFLICT (number, slot) DO NOTHING",
            [number, slot, connection.ops.adapt_datetimefield_value(at), address],
        )
        return cursor.rowcount == 1
