"""Looking at every page, as everybody who may, leaves the database as it was."""

import hashlib

import pytest
from django.db import connection

from tests.architecture.access_table import Door
from tests.architecture.world import Who, World
from tests.security.doors import READABLE, body_of, desk_paths, path

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("reading_changes_nothing")]  # one world, one worker

# Wagtail's own: who is on the page, that its comments are followed, copies of images in the size a screen asked for.
PASSING = {"django_session", "wagtailadmin_editingsession", "wagtailcore_pagesubscription", "wagtailimages_rendition"}


def fingerprint() -> dict[str, str]:
    """A hash of every table."""
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor)) - PASSING
        return {table: _hash(cursor, table) for table in sorted(tables)}


def _hash(cursor: object, table: str) -> str:
    cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # type: ignore[attr-defined]
    rows = sorted(repr(row) for row in cursor.fetchall())  # type: ignore[attr-defined]
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()


def changed(before: dict[str, str]) -> list[str]:
    return [table for table, hashed in fingerprint().items() if before[table] != hashed]


@pytest.mark.parametrize("door", READABLE, ids=str)
def test_a_door_looked_through_by_everybody(door: Door, world: World) -> None:
    before = fingerprint()
    for who in Who:
        answer = world.browser(who).get(path(door, world))
        body_of(answer)
    assert not changed(before)


def test_the_content_desk(world: World) -> None:
    before = fingerprint()
    for where in desk_paths(world):
        for who in (Who.TRAINER, Who.SECOND_TRAINER, Who.REVIEWER):
            world.browser(who).get(where)
    assert not changed(before)
