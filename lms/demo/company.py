"""The company: its units, its 120 + 15 people, and who may do what."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from lms.demo.habits import workday
from lms.demo.sources import load
from lms.people import actions
from lms.people.enums import Employment, Role, UnitKind
from lms.people.models import OrgUnit, Person, Position, PositionTag
from lms.people.passwords import DEMO_PASSWORD

EMPLOYMENT = {"full_time": Employment.OWN} | {kind.value: kind for kind in Employment}


@dataclass(frozen=True)
class Post:
    """One post to fill: a staff number, and the named person who holds it, if any."""

    staff_no: str
    unit: str
    position: str
    cast: dict[str, Any]


@dataclass(frozen=True)
class Joining:
    """Who takes a post, and since when; `cast` holds what is known of somebody named."""

    post: Post
    name: str
    employment: Employment
    on: date


@dataclass
class Company:
    """What was built. `later`: who joins only after the founding; `people` by staff number grows with them."""

    people: dict[str, Person]
    units: dict[str, OrgUnit]
    positions: dict[str, Position]
    later: list[Joining]


def build_company(*, seed: int, at: datetime, today: date) -> Company:
    """Found the company as it was at that time."""
    facts = load("company.yaml")
    company = Company({}, _units(facts, at), _positions(facts), [])
    for joining in _joinings(facts, Random(seed), at.date(), today):
        if joining.on > at.date():
            company.later.append(joining)
        else:
            join(company, joining, at=at)
    account = facts["system_account"]
    company.people[account["staff_no"]] = _account(account, at)
    _grant(facts, company.people, company.units, at)
    return company


def _joinings(facts: dict[str, Any], rng: Random, founded: date, today: date) -> Iterator[Joining]:
    names, employment = _names(facts, rng), _employment(facts)
    newcomers: dict[str, int] = facts["newcomers"]
    for post in _posts(facts):
        cast, name, kind = post.cast, next(names), next(employment[post.position])
        days = newcomers.get(post.staff_no)
        since = founded - timedelta(days=400 + int(post.staff_no[-3:]) * 17 % 3000)
        yield Joining(
            post,
            cast.get("name", name),
            EMPLOYMENT[cast["employment"]] if "employment" in cast else kind,
            since if days is None else workday(today - timedelta(days=days)),
        )
    for one in facts["leavers"]:
        if today - timedelta(days=one["left_days_ago"]) > founded:
            post = Post(one["staff_no"], one["unit"], one["position"], {})
            yield Joining(post, one["name"], EMPLOYMENT[one["employment"]], founded - timedelta(days=5000))


def join(company: Company, joining: Joining, *, at: datetime) -> Person:
    """Take up the post; somebody known to have moved since starts where they were before."""
    cast = joining.post.cast
    person: Person = actions.join(
        staff_no=joining.post.staff_no,
        name=joining.name,
        unit=company.units[cast.get("previous_unit", joining.post.unit)],
        position=company.positions[cast.get("previous_position", joining.post.position)],
        employment=joining.employment,
        starts_on=joining.on,
        password=DEMO_PASSWORD,
        must_change_password=False,
        by=None,
        at=at,
    )
    if cast.get("large_text"):
        actions.set_preferences(person=person, large_text=True, by=person, at=at)
    company.people[joining.post.staff_no] = person
    return person


def _units(company: dict[str, Any], at: datetime) -> dict[str, OrgUnit]:
    units: dict[str, OrgUnit] = {}
    for order, unit in enumerate(company["units"]):
        units[unit["code"]] = actions.place_unit(
            code=unit["code"],
            name=unit["name"],
            kind=UnitKind(unit["kind"]),
            parent=units.get(unit["parent"]),
            order=order,
            by=None,
            at=at,
        )
    return units


def _positions(company: dict[str, Any]) -> dict[str, Position]:
    tags = {
        tag["key"]: PositionTag.objects.get_or_create(key=tag["key"], defaults={"label": tag["name"]})[0]
        for tag in company["position_tags"]
    }
    positions = {}
    for facts in company["positions"]:
        position, _ = Position.objects.get_or_create(
            code=facts["key"], defaults={"name": facts["name"], "family": facts["family"]}
        )
        position.tags.set(tags[key] for key in facts["tags"])
        positions[facts["key"]] = position
    return positions


def _posts(company: dict[str, Any]) -> Iterator[Post]:
    """Every post in the order in which numbers are given; the cast keep the numbers they are known by."""
    cast = company["cast"]
    taken = {person["staff_no"] for person in cast}
    rules = company["staff_numbers"]
    free = (number for number in _run("00120", 3) if number not in taken)
    outside = {code: _run(rule["prefix"], rule["width"]) for code, rule in rules.items() if code != "registered"}
    for unit, posts in company["posts"].items():
        named = [person for person in cast if person["unit"] == unit]
        for post in posts:
            for _ in range(post["count"]):
                person: dict[str, Any] = next((one for one in named if one["position"] == post["position"]), {})
                if person:
                    named.remove(person)
                yield _numbered(unit, post["position"], person, outside.get(unit), free, taken)


def _run(prefix: str, width: int) -> Iterator[str]:
    """W0000001, W0000002 …"""
    return (f"{prefix}{n:0{width}}" for n in range(1, 10**width))


def _numbered(
    unit: str,
    position: str,
    person: dict[str, Any],
    outside: Iterator[str] | None,
    free: Iterator[str],
    taken: set[str],
) -> Post:
    if person:
        return Post(person["staff_no"], unit, position, person)
    number = next(number for number in outside if number not in taken) if outside else next(free)
    return Post(number, unit, position, {})


def _names(company: dict[str, Any], rng: Random) -> Iterator[str]:
    """Full names, none twice, none of the cast's, none of somebody well known."""
    lists = company["names"]
    used = {person["name"] for person in company["cast"]} | set(lists.get("avoid", []))
    while True:
        name = rng.choice(lists["surnames"]) + rng.choice(lists[rng.choice(["given_male", "given_female"])])
        if name not in used:
            used.add(name)
            yield name


def _employment(company: dict[str, Any]) -> dict[str, Iterator[Employment]]:
    """For each position, the employment types its holders get, in order."""

    def of(position: str) -> Iterator[Employment]:
        for key, count in company["employment_by_position"].get(position, {}).items():
            yield from [EMPLOYMENT[key]] * count
        outside = {"intern": Employment.INTERN}.get(position)
        while True:
            yield outside or (Employment.CONTRACTOR if position.startswith("contractor") else Employment.OWN)

    return {facts["key"]: of(facts["key"]) for facts in company["positions"]}


def _account(account: dict[str, Any], at: datetime) -> Person:
    return actions.join(
        staff_no=account["staff_no"],
        name=account["name"],
        unit=None,
        position=None,
        employment=Employment.OWN,
        starts_on=at.date(),
        password=DEMO_PASSWORD,
        must_change_password=False,
        by=None,
        at=at,
    )


def _grant(company: dict[str, Any], people: dict[str, Person], units: dict[str, OrgUnit], at: datetime) -> None:
    for grant in company["role_grants"]:
        actions.grant_role(
            person=people[grant["staff_no"]], role=Role(grant["role"]), unit=units[grant["unit"]], by=None, at=at
        )
