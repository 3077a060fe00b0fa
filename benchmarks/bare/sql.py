"""Statements through a cursor, on both databases."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.http import HttpRequest
from django.utils import timezone

Row = tuple[Any, ...]


def person_of(request: HttpRequest) -> int:
    """Loads session and person, as the real views do."""
    pk: int | None = request.user.pk
    assert pk is not None
    return pk


def rows(statement: str, *values: Any) -> list[Row]:
    with connection.cursor() as cursor:
        cursor.execute(statement, [_value(value) for value in values])
        return cursor.fetchall()


def one(statement: str, *values: Any) -> Row:
    """The first row; LookupError when there is none."""
    found = rows(statement, *values)
    if not found:
        raise LookupError(statement)
    return found[0]


def run(statement: str, *values: Any) -> int:
    """How many rows it touched."""
    with connection.cursor() as cursor:
        cursor.execute(statement, [_value(value) for value in values])
        return cursor.rowcount


def now() -> datetime:
    """The database's clock, as the platform reads it: a statement on PostgreSQL."""
    if connection.vendor != "postgresql":
        return timezone.now()
    moment: datetime = one("SELECT clock_timestamp()")[0]
    return moment


def marks(values: list[Any]) -> str:
    """Placeholders for IN (…) or VALUES (…)."""
    return ", ".join(["%s"] * len(values))


def locking(clause: str) -> str:
    """FOR UPDATE and its like; SQLite has locked everything already."""
    return clause if connection.vendor == "postgresql" else ""


def _value(value: Any) -> Any:
    if connection.vendor == "postgresql":
        return value
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return value.hex if isinstance(value, UUID) else value
