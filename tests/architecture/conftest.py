"""The world that the access table knocks on, built once for a module."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.architecture.world import World, standing


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    with django_db_blocker.unblock(), standing() as built:
        yield built
