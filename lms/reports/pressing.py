"""谁要紧: who needs the manager now, and why. Reasons come from several apps."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.timezone import localdate

from certificates.models import Certificate
from courses import shelf
from exams.queries import without_attempts
from lms.people.enums import PostStatus
from lms.people.models import OrgUnit, PostAssignment
from lms.records.models import AssignedPerson, Enrolment, LessonResult
from lms.reports.counting import tasks
from lms.reports.figures import Asked
from lms.reports.here import Here

SOON: Final = timedelta(days=7)
EXPIRING: Final = timedelta(days=30)
MOST: Final = 500  # of each reason; nobody reads more


class Why(StrEnum):
    """In the order of urgency; the words are the template's."""

    USED_UP = "used_up"
    OVERDUE = "overdue"
    EXPIRED = "expired"
    MISSING = "missing"
    SOON = "soon"
    EXPIRING = "expiring"


ORDER: Final = list(Why)
TO_LEARN: Final = frozenset({Why.USED_UP, Why.OVERDUE, Why.SOON})


@dataclass(frozen=True)
class Reason:
    """`about`: a course, an exam or a certificate; `days` since or until, None where there is no date."""

    why: Why
    about: str = ""
    days: int | None = None

    @property
    def order(self) -> tuple[int, int]:
        """The most urgent first: of overdue ones the oldest, of coming ones the next."""
        past = self.why in (Why.OVERDUE, Why.EXPIRED)
        return ORDER.index(self.why), -(self.days or 0) if past else self.days or 0


@dataclass(frozen=True)
class Pressing:
    """One person with all reasons, the most urgent first."""

    person: int
    reasons: Sequence[Reason]

    @property
    def has_to_learn(self) -> bool:
        return any(reason.why in TO_LEARN for reason in self.reasons)


@dataclass(frozen=True)
class Who:
    """`unit` is its name; `reminded`: today."""

    name: str
    staff_no: str
    uuid: UUID
    unit: str
    reminded: bool


def pressing(units: QuerySet[OrgUnit], asked: Asked, at: datetime) -> list[Pressing]:
    """Everybody in these units today who has a reason, the most urgent first. Six statements."""
    found: dict[int, list[Reason]] = defaultdict(list)
    for person, reason in _all(Here(units), asked, at):
        found[person].append(reason)
    people = [Pressing(person, sorted(reasons, key=lambda one: one.order)) for person, reasons in found.items()]
    return sorted(people, key=lambda one: (one.reasons[0].order, -len(one.reasons), one.person))


def facts(people: Sequence[Pressing], reminded: QuerySet[Any]) -> dict[int, Who]:
    """By person, for one page of the list: one statement."""
    posts = PostAssignment.objects.current().filter(person__in=[one.person for one in people])
    about = ("person__name", "person__staff_no", "person__uuid", "unit__name")
    rows = posts.annotate(reminded=Exists(reminded)).values_list("person", *about, "reminded")
    return {pk: Who(*who) for pk, *who in rows}


def _all(here: Here, asked: Asked, at: datetime) -> Iterator[tuple[int, Reason]]:
    yield from _tasks(here, asked, at)
    if asked.course is None:
        yield from _certificates(here, localdate(at))
        missing = here.posts.filter(person__post_status=PostStatus.MISSING).order_by("person")
        yield from ((pk, Reason(Why.MISSING)) for (pk,) in missing.values_list("person")[:MOST])


def _tasks(here: Here, asked: Asked, at: datetime) -> Iterator[tuple[int, Reason]]:
    still = tasks(required=asked.required).filter(settled=False, enrolment__state=Enrolment.State.OPEN)
    still = still.filter(here.working())
    if asked.course:
        still = still.filter(assignment__course__uuid=asked.course)
    for person, title, due in _told(here, still.filter(due_at__lt=at)):
        yield person, Reason(Why.OVERDUE, title, (localdate(at) - localdate(due)).days)
    begun = LessonResult.objects.filter(enrolment=OuterRef("enrolment"))
    coming = still.filter(due_at__gte=at, due_at__lte=at + SOON).exclude(Exists(begun))
    for person, title, due in _told(here, coming):
        yield person, Reason(Why.SOON, title, (localdate(due) - localdate(at)).days)
    for person, title in without_attempts(still.values("enrolment"))[:MOST]:
        yield person, Reason(Why.USED_UP, title)


def _told(here: Here, found: QuerySet[AssignedPerson]) -> Iterator[tuple[int, str, Any]]:
    """Titles come from the shelf: one table less to join."""
    found = found.order_by(here.order("due_at"), "pk")
    rows = list(found.values_list("person", "enrolment__edition", "due_at")[:MOST])
    titles = {pk: edition.facts.title for pk, edition in shelf.editions.many({pk for _, pk, _ in rows}).items()}
    return ((person, titles[edition], due) for person, edition, due in rows)


def _certificates(here: Here, today: date) -> Iterator[tuple[int, Reason]]:
    """Those that end soon or ended lately, and that no newer one of the same course has replaced."""
    newer = Certificate.objects.filter(
        person=OuterRef("person"), enrolment__course=OuterRef("enrolment__course"), revoked_at=None,
        issued_at__gt=OuterRef("issued_at"),
    )  # fmt: skip
    ending = Certificate.objects.filter(
        ~Exists(newer),
        valid_until__range=(today - EXPIRING, today + EXPIRING), revoked_at=None,
    ).filter(here.working())  # fmt: skip
    rows: QuerySet[Any, Any] = ending.order_by(here.order("valid_until"), "pk").values_list(
        "person", "valid_until", "wording"
    )
    for person, until, wording in rows[:MOST]:
        days = (until - today).days
        why = Why.EXPIRING if days >= 0 else Why.EXPIRED
        yield person, Reason(why, wording["course"], abs(days))
