"""What makes a row, or the whole file, worth a look before it is applied."""

from typing import Final

from lms.people.models import OrgUnit, Person
from lms.people.roster.columns import LABELS
from lms.people.roster.findings import Concern, Finding, Kind
from lms.people.roster.known import Known
from lms.people.roster.problems import Problem
from lms.people.roster.rows import Row

MANY_MISSING: Final = 0.05  # of the people on post below the file's companies


def add(findings: list[Finding], known: Known) -> None:
    """Write the doubts into the findings that would change something."""
    seen: dict[tuple[str, str], str] = {}
    for finding in findings:
        if finding.kind == Kind.WRONG:
            continue
        row, person = finding.row, finding.person
        if person:
            finding.doubts += _about_known(finding, row, person, known)
        elif row.get("phone"):
            finding.doubts += _namesake(row, known, seen)


def concerns(findings: list[Finding], missing: list[Person], known: Known) -> list[Concern]:
    return [*_renamed(findings, known), *_many_missing(findings, missing, known)]


def _about_known(finding: Finding, row: Row, person: Person, known: Known) -> list[Problem]:
    found = []
    if row.get("staff_no").upper() != person.staff_no.upper():
        found.append(Problem(LABELS["staff_no"], "zeros", person.staff_no))
    if not set(row.get("name")) & set(person.name):
        found.append(Problem(LABELS["name"], "somebody_else", person.name))
    if any(field == "unit" for field, _old, _new in finding.changes):
        found += _moved(row, person, known)
    return found


def _moved(row: Row, person: Person, known: Known) -> list[Problem]:
    post, company = known.posts.get(person.pk), known.units[row.get("company").upper()]
    if post is None:
        return []
    old, new = (
        _department(post.unit, company, known),
        _department(known.units[row.get("unit").upper()], company, known),
    )
    return [] if old == new else [Problem(LABELS["unit"], "moved", f"{old.name} → {new.name}")]


def _department(unit: OrgUnit, company: OrgUnit, known: Known) -> OrgUnit:
    """The unit right below the company that a unit belongs to; itself when it lies elsewhere."""
    if not unit.path.startswith(company.path) or unit == company:
        return unit
    code = unit.path[len(company.path) :].split("/", 1)[0]
    return known.units.get(code.upper(), unit)


def _namesake(row: Row, known: Known, seen: dict[tuple[str, str], str]) -> list[Problem]:
    """Somebody new with name and phone of somebody else, of the system or of a row above."""
    who = (row.get("name"), row.get("phone"))
    other = known.namesakes.get(who)
    number = other.staff_no if other else seen.get(who)
    seen.setdefault(who, row.get("staff_no"))
    return [Problem(LABELS["name"], "namesake", number)] if number else []


def _renamed(findings: list[Finding], known: Known) -> list[Concern]:
    """Units the file calls otherwise, once each."""
    found: dict[str, Concern] = {}
    for finding in findings:
        unit, name = known.units.get(finding.row.get("unit").upper()), _unit_name(finding.row)
        if unit and name and name != unit.name:
            problem = Problem(LABELS["unit_name"], "unit_renamed", unit.name)
            found.setdefault(f"{unit.code} {name}", Concern(unit.code, name, problem))
    return list(found.values())


def _unit_name(row: Row) -> str:
    return row.get("unit_name") or row.get("path").rstrip("/").rsplit("/", 1)[-1].strip()


def _many_missing(findings: list[Finding], missing: list[Person], known: Known) -> list[Concern]:
    """Companies of which the file lacks more than a twentieth."""
    found = []
    for code in dict.fromkeys(finding.row.get("company").upper() for finding in findings):
        company = known.units.get(code)
        if company is None:
            continue
        people = {post.person_id for post in known.posts.values() if post.unit.path.startswith(company.path)}
        lacking = sum(1 for person in missing if person.pk in people)
        if lacking > MANY_MISSING * len(people):
            problem = Problem(LABELS["company"], "many_missing", f"{lacking} / {len(people)}")
            found.append(Concern(company.code, company.name, problem))
    return found
