"""What time it is. Only doors ask; verbs and rules are told, as `at=`.

The database server's clock decides, so that several web servers agree: `clock_timestamp()` on PostgreSQL,
the system's time on SQLite. Under test settings a journey can move the clock on instead of waiting.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import DateTimeField, Func
from django.utils import timezone


def now() -> datetime:
    """The database server's time, aware, in UTC."""
    if connection.vendor != "postgresql":
        return timezone.now() + _offset()
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        moment: datetime = cursor.fetchone()[0]
    return moment + _offset()


class DatabaseNow(Func):
    """The same clock as an expression, for a query that locks a row and reads the time in one statement."""

    output_field = DateTimeField()
    arity = 0

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> tuple[str, tuple[Any, ...]]:
        return "(clock_timestamp() + %s)", (self.value_of(_offset),)

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> tuple[str, tuple[Any, ...]]:
        return "%s", (self.value_of(lambda: connection.ops.adapt_datetimefield_value(timezone.now() + _offset())),)

    def value_of(self, supply: Callable[[], Any]) -> Any:
        return supply()


def _offset() -> timedelta:
    """How far a journey has moved the clock (`TEST_CLOCK`: a file holding seconds); nothing outside tests."""
    path: Path | None = settings.TEST_CLOCK
    if path is None or not path.exists():
        return timedelta()
    return timedelta(seconds=float(path.read_text() or 0))
