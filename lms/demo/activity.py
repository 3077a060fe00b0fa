"""Months of learning: assignments, lessons read, exams sat, certificates earned, some of it late.

Every event is a verb called with the time it happened at, in the order of time.
"""

from datetime import datetime, timedelta
from random import Random

from django.utils.timezone import localdate

from certificates import actions as certificates
from certificates.models import Certificate
from lms.demo.calendar import Calendar, Event
from lms.demo.company import Company
from lms.demo.contest import plan_contests
from lms.demo.examining import plan_examining
from lms.demo.learning import Learning
from lms.demo.lessons import Library
from lms.demo.news import plan_news
from lms.demo.practice import plan_practice
from lms.demo.sitting import Sittings
from lms.demo.sources import load
from lms.demo.staffing import leaving, plan_staffing
from lms.demo.waves import Wave, waves
from lms.people.models import OrgUnit, Person
from lms.records import actions as records
from lms.records.models import AssignedPerson, TrainingRecord

ADMINISTRATOR, EXAMINER = "00120011", "00120017"
REVOKED_AFTER = 90  # days
REVOKED_BECAUSE = "经考后复核，本次考试未按要求独立完成，成绩作废"


def build_activity(
    company: Company, library: Library, *, seed: int, months: int, founded: datetime, today: datetime
) -> None:
    """Play the months before `today`."""
    calendar = Calendar(founded, today, Random(seed))
    sittings = Sittings(calendar, company.people[EXAMINER], leaving(calendar))
    learning = Learning(library, calendar, sittings)
    for wave in waves(localdate(today), months):
        calendar.add(calendar.at(wave.assigned), _assignment(wave, company, library, calendar, learning))
    plan_news(company.people, calendar)
    plan_practice(company.people, calendar, seed=seed)
    plan_examining(company, calendar, sittings.leaving, seed=seed)
    plan_contests(company, calendar, seed=seed)
    plan_staffing(company, library, calendar, learning)
    calendar.add(calendar.at(calendar.ago(21), 15.3), _revocation(company.people[ADMINISTRATOR], calendar))
    calendar.play()


def _assignment(wave: Wave, company: Company, library: Library, calendar: Calendar, learning: Learning) -> Event:
    def happen(at: datetime) -> None:
        targets: list[tuple[OrgUnit | None, Person | None]] = [(company.units[code], None) for code in wave.units]
        holders = Person.objects.active().filter(posts__ends_on=None, posts__position__code__in=wave.positions)
        targets += [(None, person) for person in holders.order_by("staff_no")]
        made = [
            records.assign(
                course=library.courses[wave.course],
                unit=unit,
                person=person,
                due_at=calendar.at(wave.due, 24) - timedelta(seconds=1),
                reason=wave.reason,
                again=wave.again,
                by=company.people[ADMINISTRATOR],
                at=at,
            )
            for unit, person in targets
        ]
        under = AssignedPerson.objects.filter(assignment__in=made).order_by("person__staff_no", "pk")
        learning.plan(under.select_related("person", "unit", "enrolment__course", "enrolment__edition"), wave)

    return happen


def _revocation(by: Person, calendar: Calendar) -> Event:
    """One certificate of somebody nobody knows is taken back, and the record with it."""

    def happen(at: datetime) -> None:
        named = [one["staff_no"] for one in load("company.yaml")["cast"]]
        before = at - timedelta(days=REVOKED_AFTER)
        chosen = Certificate.objects.filter(issued_at__lt=before, valid_until__gt=localdate(at)).order_by("-serial")
        certificate = chosen.exclude(person__staff_no__in=named).select_related("person", "unit").first()
        if certificate is None:
            return
        certificates.revoke(certificate=certificate, reason=REVOKED_BECAUSE, by=by, at=at)
        record = TrainingRecord.objects.standing().get(enrolment=certificate.enrolment_id)
        records.correct_record(record=record, void=True, reason=REVOKED_BECAUSE, by=by, at=at)

    return happen
