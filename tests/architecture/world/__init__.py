"""One small company with one of everything, a learner of 城关 its owner: what access table and attacks knock on.

Built by verbs, inside one transaction per module that is rolled back at its end. `names` lets a hostile world call
its people and works by payloads instead.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.test import Client

from lms.kernel import clock
from tests.architecture.world.cast import Names, Who, World, undone
from tests.architecture.world.courses import publish
from tests.architecture.world.exams import examine
from tests.architecture.world.people import gather, send_a_roster
from tests.architecture.world.records import learn

__all__ = ["Names", "Who", "World", "standing", "undone"]


@contextmanager
def standing(names: Names | None = None) -> Iterator[World]:
    """A world for as long as the block lasts."""
    with undone():
        yield build(names or Names())


def build(names: Names) -> World:
    world = World(clock.now())
    gather(world, names)
    publish(world, names)
    learn(world)
    examine(world, names)
    send_a_roster(world)
    for who, person in world.people.items():
        client = Client()
        client.force_login(person, backend="lms.people.login.StaffNumberBackend")
        world.sessions[who] = client.cookies["sessionid"].value
    return world
