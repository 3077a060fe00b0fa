"""Who joins, moves and leaves within the time, and what that brings: safety education for every newcomer."""

from datetime import date, datetime, timedelta
from typing import Any

from django.utils.timezone import localdate

from lms.demo.calendar import Calendar, Event
from lms.demo.company import Company, Joining, join
from lms.demo.habits import workday
from lms.demo.learning import Learning
from lms.demo.lessons import Library
from lms.demo.sources import load
from lms.people import actions
from lms.people.enums import PostStatus
from lms.people.models import Person
from lms.records import actions as records

EDUCATION = "S3"
DAYS_FOR_EDUCATION = 30
EXTERNAL_WORKERS = "YLW01"  # admitted by the contractor's own training


def leaving(calendar: Calendar) -> dict[str, date]:
    """Whoever leaves within the time, by staff number, and when."""
    days = {one["staff_no"]: calendar.ago(one["left_days_ago"]) for one in load("company.yaml")["leavers"]}
    return {number: day for number, day in days.items() if day > localdate(calendar.start)}


def plan_staffing(company: Company, library: Library, calendar: Calendar, learning: Learning) -> None:
    administrator = company.people["00120011"]
    for joining in company.later:
        calendar.add(calendar.at(joining.on, 8.6), _joining(company, joining, library, calendar, learning))
    facts = load("company.yaml")
    for one in facts["leavers"]:
        if one["staff_no"] in learning.sittings.leaving:
            day = calendar.at(learning.sittings.leaving[one["staff_no"]], 17.5)
            calendar.add(day, _leaving(company.people[one["staff_no"]], PostStatus(one["status"]), administrator))
    for one in facts["cast"]:
        if "previous_unit" in one:
            since = workday(calendar.ago(one["post_since_days_ago"]))
            calendar.add(calendar.at(since, 8.8), _moving(company, one, library, calendar, learning))


def _joining(company: Company, joining: Joining, library: Library, calendar: Calendar, learning: Learning) -> Event:
    def happen(at: datetime) -> None:
        person = join(company, joining, at=at)
        if joining.post.unit != EXTERNAL_WORKERS:
            calendar.add(
                at + timedelta(days=1), _educating(company, person, "新进人员三级安全教育", library, learning)
            )

    return happen


def _moving(company: Company, cast: dict[str, Any], library: Library, calendar: Calendar, learning: Learning) -> Event:
    def happen(at: datetime) -> None:
        person = company.people[cast["staff_no"]]
        unit, position = company.units[cast["unit"]], company.positions[cast["position"]]
        by = company.people["00120011"]
        actions.move(person=person, unit=unit, position=position, starts_on=localdate(at), by=by, at=at)
        calendar.add(at + timedelta(days=1), _educating(company, person, "转岗安全教育", library, learning))

    return happen


def _leaving(person: Person, status: PostStatus, by: Person) -> Event:
    def happen(at: datetime) -> None:
        actions.leave(person=person, ends_on=localdate(at), status=status, by=by, at=at)

    return happen


def _educating(company: Company, person: Person, reason: str, library: Library, learning: Learning) -> Event:
    """The day after: what stands over the unit has arrived, and safety education comes on top."""

    def happen(at: datetime) -> None:
        due = learning.calendar.at(localdate(at) + timedelta(days=DAYS_FOR_EDUCATION), 24) - timedelta(seconds=1)
        records.assign(
            course=library.courses[EDUCATION],
            person=person,
            due_at=due,
            reason=reason,
            by=company.people["00120011"],
            at=at,
        )
        learning.plan_newcomer(person, localdate(at), library.courses[EDUCATION])

    return happen
