"""People to measure with: a second company of 10,000 beside the demo company, with tasks and sessions.

Written as rows, because the verbs would take minutes; what the verbs would have written is what stands here.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.hashers import make_password
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import connection, transaction

from courses.models import Course
from lms.journal.actions import deliver
from lms.people import actions
from lms.people.enums import Employment, PositionFamily, Role, UnitKind
from lms.people.models import OrgUnit, Person, Position, PostAssignment
from lms.records.models import AssignedPerson, Assignment, Enrolment
from lms.reports.rollups import rows as rollups
from lms.reports.rollups import verify

PEOPLE = 10_000
UNITS = 10
WITH_SESSION = 3_000  # the others only make figures large
MANAGERS = 8
COURSES = ("S4", "P2", "V3")
PASSWORD = "Bench-2026-marks"
CSRF = "b" * 32
BATCH = 2_000


@dataclass(frozen=True)
class Learner:
    """One person who can ask; `address` is where the requests seem to come from."""

    person: Person
    cookie: str
    address: str
    enrolments: dict[str, int]

    @property
    def pk(self) -> int:
        return self.person.pk


@dataclass
class Population:
    """Nobody is handed out twice: what one measurement does to a person is nothing the next one meets."""

    learners: Sequence[Learner]
    courses: dict[str, Course]
    root: OrgUnit
    exam: UUID
    taken: int = 0
    managers: list[Learner] = field(default_factory=list)

    def take(self, count: int) -> list[Learner]:
        found = list(self.learners[self.taken : self.taken + count])
        if len(found) < count:
            raise RuntimeError("more people are needed: raise WITH_SESSION")
        self.taken += count
        return found


@transaction.atomic
def populate(exam_course: Course, exam: UUID, *, at: datetime) -> Population:
    """Everybody is assigned the demo's courses and the exam; two of five of those without a session have completed."""
    root, units = _units(at)
    people = _people(at)
    _posts(people, units)
    courses = {course.code: course for course in Course.objects.filter(code__in=COURSES)}
    courses |= {"exam": exam_course}
    enrolments: list[dict[str, int]] = [{} for _ in people]
    for code, course in courses.items():
        for place, enrolment in enumerate(_assigned(course, people, units, root, at)):
            enrolments[place][code] = enrolment
    for manager in people[:MANAGERS]:
        actions.grant_role(person=manager, role=Role.MANAGER, unit=root, by=None, at=at)
    cookies = _sessions(people[:WITH_SESSION], at)  # after the roles, which end sessions
    learners = [
        Learner(person, cookie, f"10.{place // 250}.{place % 250}.1", enrolments[place])
        for place, (person, cookie) in enumerate(zip(people, cookies, strict=False))
    ]
    population = Population(learners, courses, root, exam)
    population.managers = population.take(MANAGERS)
    return population


def analyse() -> None:
    """Let the database know its tables, as it does by itself after a night."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def count_figures(*, at: datetime) -> None:
    """What verbs announced is delivered, and the roll-ups hold what was written without verbs."""
    while deliver(at=at):
        pass
    with transaction.atomic():
        rollups.lock(at=at)
        verify.repair(verify.courses())


def _units(at: datetime) -> tuple[OrgUnit, list[OrgUnit]]:
    root = actions.place_unit(code="BM", name="生成公司", kind=UnitKind.COMPANY, parent=None, by=None, at=at)
    units = [
        actions.place_unit(
            code=f"BM{number:02}", name=f"生成单位 {number}", kind=UnitKind.STATION, parent=root, by=None, at=at
        )
        for number in range(UNITS)
    ]
    return root, units


def _people(at: datetime) -> list[Person]:
    password = make_password(PASSWORD)
    return Person.objects.bulk_create(
        [Person(staff_no=f"B{number:07}", name=f"生成{number:05}", password=password) for number in range(PEOPLE)],
        batch_size=BATCH,
    )


def _posts(people: Sequence[Person], units: Sequence[OrgUnit]) -> None:
    position = Position.objects.order_by("pk").first()
    if position is None:  # without the demo company
        position = Position.objects.create(code="B00", name="值班员", family=PositionFamily.SKILLED)
    day = people[0].created_at.date()
    PostAssignment.objects.bulk_create(
        [
            PostAssignment(person=person, unit=_unit(place, units), position=position, starts_on=day)
            for place, person in enumerate(people)
        ],
        batch_size=BATCH,
    )


def _unit(place: int, units: Sequence[OrgUnit]) -> OrgUnit:
    return units[place % len(units)]


def _assigned(
    course: Course, people: Sequence[Person], units: Sequence[OrgUnit], root: OrgUnit, at: datetime
) -> list[int]:
    """The enrolments, in the order of the people."""
    assigned_at, due_at, rng = at - timedelta(days=40), at + timedelta(days=5), Random(course.pk)
    assignment = Assignment.objects.create(course=course, unit=root, due_at=due_at, assigned_at=assigned_at)
    places = [
        {"unit": _unit(place, units), "employment": Employment.OWN, "person": person}
        for place, person in enumerate(people)
    ]
    edition = course.current_edition_id
    assert edition is not None
    enrolments = Enrolment.objects.bulk_create(
        [
            Enrolment(course=course, edition_id=edition, enrolled_at=assigned_at, **_state(number, rng, at), **place)
            for number, place in enumerate(places)
        ],
        batch_size=BATCH,
    )
    AssignedPerson.objects.bulk_create(
        [
            AssignedPerson(assignment=assignment, enrolment=enrolment, due_at=_due(due_at, rng), **place)
            for place, enrolment in zip(places, enrolments, strict=True)
        ],
        batch_size=BATCH,
    )
    return [enrolment.pk for enrolment in enrolments]


def _state(place: int, rng: Random, at: datetime) -> dict[str, object]:
    if place < WITH_SESSION or rng.random() < 0.6:
        return {"state": Enrolment.State.OPEN}
    return {"state": Enrolment.State.COMPLETED, "completed_at": at - timedelta(days=rng.uniform(1, 30))}


def _due(due_at: datetime, rng: Random) -> datetime:
    return due_at - timedelta(days=10) if rng.random() < 0.2 else due_at


def _sessions(people: Sequence[Person], at: datetime) -> list[str]:
    """A session for each person; the Cookie headers."""
    store = SessionStore()
    sessions = [
        Session(
            session_key=f"bench{person.pk:027}",
            session_data=store.encode(
                {
                    SESSION_KEY: str(person.pk),
                    BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0],
                    HASH_SESSION_KEY: person.get_session_auth_hash(),
                }
            ),
            expire_date=at + timedelta(days=1),
        )
        for person in people
    ]
    Session.objects.bulk_create(sessions, batch_size=BATCH)
    name = settings.SESSION_COOKIE_NAME
    return [f"{name}={session.session_key}; csrftoken={CSRF}" for session in sessions]
