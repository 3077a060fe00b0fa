"""Units, people, roles, and a roster that waits."""

from datetime import date

from courses.actions import ensure_catalogue
from lms.people.actions import grant_role, join, place_unit, read_roster
from lms.people.enums import Employment, PositionFamily
from lms.people.models import OrgUnit, Position
from tests.architecture.world.cast import CAST, UNITS, Names, Who, World
from tests.people.conftest import row as roster_row
from tests.people.conftest import workbook as roster_workbook


def gather(world: World, names: Names) -> None:
    for code, name, kind, above in UNITS:
        name = names.unit if code == "CG" else name
        world.units[code] = place_unit(
            code=code, name=name, kind=kind, parent=world.units[above] if above else None, by=None, at=world.at
        )
    post = Position.objects.create(code="P00", name="值班员", family=PositionFamily.SKILLED)
    ensure_catalogue()
    for who, member in CAST.items():
        person = join(
            staff_no=member.number, name=names.learner if who is Who.LEARNER else member.name,
            unit=world.units[member.unit], position=post, starts_on=date(2024, 1, 1), by=None, at=world.at,
            employment=Employment.CONTRACTOR if who is Who.EXTERNAL else Employment.OWN, must_change_password=False,
        )  # fmt: skip
        if member.role:
            grant = grant_role(person=person, role=member.role, unit=world.units[member.over], by=None, at=world.at)
            world.things["grant"] = grant.pk if who is Who.MANAGER else world.things.get("grant")
        world.people[who] = person


def send_a_roster(world: World) -> None:
    """The training administrator has read a roster and not applied it yet."""
    roster = read_roster(
        roster_workbook([roster_row("00129999", world.people[Who.LEARNER].name, unit="CG")]), file_name="r.xlsx",
        within=OrgUnit.objects.filter(path__startswith=world.units["CG"].path), at=world.at,
        by=world.people[Who.TRAINING_ADMIN],
    )  # fmt: skip
    world.things["roster"] = roster.uuid
