"""A web server of its own over the database of the test: what the test makes, the server shows, and the other way."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection

from tests.journeys.stack import Stack

# A browser of the same run keeps an event loop in this thread, in which Django would refuse to read the database.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


def database_url() -> str:
    """Where the test's own database is, for another process."""
    facts = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{facts['NAME']}"
    login = f"{facts['USER']}:{facts['PASSWORD']}@" if facts["PASSWORD"] else f"{facts['USER']}@"
    return f"postgres://{login}{facts['HOST']}:{facts['PORT'] or 5432}/{facts['NAME']}"


@pytest.fixture
def served(transactional_db: None, tmp_path: Path) -> Iterator[Stack]:
    """The server, answering."""
    folder = tmp_path / "data"
    folder.mkdir()
    stack = Stack(folder, database_url=database_url())
    stack.start_web()
    yield stack
    for name in list(stack.running):
        stack.kill(name)
