"""Exams of every kind, and what came of them."""

from tests.architecture.world.cast import Names, World
from tests.architecture.world.exams.contests import compete
from tests.architecture.world.exams.marking import work_in_front_of_an_assessor, write_an_essay
from tests.architecture.world.exams.practice import practise
from tests.architecture.world.exams.sessions import seat
from tests.architecture.world.exams.sittings import sit


def examine(world: World, names: Names) -> None:
    bank = sit(world, names)
    compete(world, bank, names)
    write_an_essay(world, bank, names)
    work_in_front_of_an_assessor(world, bank, names)
    practise(world, names)
    seat(world, bank, names)
