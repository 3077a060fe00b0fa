"""A corporation to measure figures with: by default 100,000 people with 20 courses each, four levels of units.

Rows come from SQL (PostgreSQL), the roll-ups from the facts as after an upgrade. `LIDIAN_BENCH_CROWD` sets another
number of people, 0 leaves them out; `LIDIAN_BENCH_COURSES` another number of courses.
"""

import os
from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import connection, transaction

from benchmarks.population import Learner, analyse, count_figures
from courses.actions import publish_plain_course
from courses.enums import HourAccount, Line
from lms.people import actions
from lms.people.enums import Role, UnitKind
from lms.people.models import OrgUnit, RoleGrant
from lms.records.models import Assignment

PEOPLE = int(os.environ.get("LIDIAN_BENCH_CROWD", "100000"))
ROOT = "K"
COURSES = int(os.environ.get("LIDIAN_BENCH_COURSES", "20"))
TEAM = 100  # people
WHOLE, DIVISION, DEPARTMENT, GROUP = ROOT, f"{ROOT}-3", f"{ROOT}-3-4", f"{ROOT}-3-4-5"
NAME = f"completion page, {PEOPLE:,} people × {COURSES} courses"

QUICKLY = """
SELECT set_config('session_replication_role', 'replica', true) FROM pg_roles WHERE rolname = current_user AND rolsuper
"""  # rows that point at each other by construction are not looked up one by one
PERSONS = """
INSERT INTO people_person (uuid, staff_no, name, email, phone, employment, is_external, post_status, is_active,
    must_change_password, session_epoch, roles_epoch, language, large_text, created_at, password, is_superuser)
SELECT gen_random_uuid(), 'K' || lpad(n::text, 8, '0'), '员工' || n, '', '', 'own', false,
    CASE WHEN n %% 2000 = 7 THEN 'missing' ELSE 'on_post' END, true,
    false, 0, 0, 'zh-hans', false, %(at)s, '!', false
FROM generate_series(0, %(people)s - 1) AS n
"""
POSTS = """
INSERT INTO people_postassignment (person_id, unit_id, position_id, starts_on)
SELECT p.id, (%(teams)s::bigint[])[1 + (row_number() OVER (ORDER BY p.id) - 1) / %(team)s],
    (SELECT min(id) FROM people_position), %(at)s::date
FROM people_person p WHERE p.staff_no LIKE 'K%%'
"""
ENROLMENTS = """
INSERT INTO records_enrolment (uuid, person_id, course_id, edition_id, cycle, state, enrolled_at, completed_at,
    unit_id, employment)
SELECT gen_random_uuid(), person_id, %(course)s, %(edition)s, 1, CASE WHEN done THEN 'completed' ELSE 'open' END,
    %(at)s::timestamptz - interval '90 days',
    CASE WHEN done THEN %(at)s::timestamptz - days * interval '1 day' END, unit_id, 'own'
FROM (SELECT post.person_id, post.unit_id, random() < %(done)s AS done, 1 + floor(random() * 80) AS days
      FROM people_postassignment post JOIN people_person p ON p.id = post.person_id WHERE p.staff_no LIKE 'K%%') people
"""
ASSIGNED = """
INSERT INTO records_assignedperson (assignment_id, person_id, enrolment_id, due_at, required, settled, unit_id,
    employment)
SELECT %(assignment)s, person_id, id, %(due)s, true, state = 'completed', unit_id, 'own'
FROM records_enrolment WHERE course_id = %(course)s ORDER BY id
"""
CERTIFICATES = """
INSERT INTO certificates_certificate (uuid, code, serial, template_id, person_id, enrolment_id, wording,
    issued_at, valid_until, revoke_reason, held_reason, render_due_at, render_attempts, rendered_at, pdf, png,
    unit_id, employment)
SELECT gen_random_uuid(), 'K' || id, 'K' || id, (SELECT min(id) FROM certificates_certificatetemplate), person_id, id,
    jsonb_build_object('course', %(title)s::text), completed_at,
    (%(at)s::timestamptz)::date + (random() * 720)::int - 360, '', '', completed_at, 0, completed_at, '', '',
    unit_id, employment
FROM records_enrolment WHERE course_id = %(course)s AND state = 'completed' ORDER BY id
"""
ATTEMPTS = """
INSERT INTO exams_attempt (uuid, exam_id, person_id, enrolment_id, number, state, started_at, deadline, holder,
    submitted_at, closed_by, score, max_score, passed, released_at, grading, unit_id, employment)
SELECT gen_random_uuid(), exam.id, person_id, sat.id, number, 'submitted', enrolled_at, enrolled_at, gen_random_uuid(),
    enrolled_at, 'person', CASE WHEN done THEN 90 ELSE 40 END, 100, done, enrolled_at, '', sat.unit_id, sat.employment
FROM (SELECT e.*, state = 'completed' AS done, random() AS luck FROM records_enrolment e
    WHERE course_id = %(course)s) sat
CROSS JOIN (SELECT id, max_attempts FROM exams_exam ORDER BY id LIMIT 1) exam
CROSS JOIN generate_series(1, CASE WHEN done THEN 1 WHEN luck < 0.1 THEN max_attempts ELSE 1 END) AS number
"""  # one in ten of those who have not passed may not try again


def gather(managers: Sequence[Learner], *, at: datetime) -> None:
    """The crowd, with these people as managers of all of it; no verb gives the role, so that their sessions go on."""
    with transaction.atomic(), connection.cursor() as cursor:
        root, teams = _units(at)
        cursor.execute(QUICKLY)
        cursor.execute(PERSONS, {"people": PEOPLE, "at": at})
        cursor.execute(POSTS, {"teams": teams, "team": TEAM, "at": at})
        for number in range(COURSES):
            _assign(cursor, number, root, at)
    RoleGrant.objects.bulk_create(
        RoleGrant(person=manager.person, role=Role.MANAGER, unit=root, starts_at=at) for manager in managers
    )
    analyse()
    count_figures(at=at)
    analyse()


def _units(at: datetime) -> tuple[OrgUnit, list[int]]:
    """The root, ten divisions, ten departments each, and as many teams as people need."""
    root = actions.place_unit(code=ROOT, name="生成集团", kind=UnitKind.COMPANY, parent=None, by=None, at=at)
    divisions = _below(root, UnitKind.COMPANY, "分公司", 10)
    departments = [one for division in divisions for one in _below(division, UnitKind.DEPARTMENT, "部门", 10)]
    each = -(-PEOPLE // TEAM // len(departments))
    teams = [one for department in departments for one in _below(department, UnitKind.TEAM, "班组", each)]
    return root, [team.pk for team in teams]


def _below(above: OrgUnit, kind: str, name: str, count: int) -> list[OrgUnit]:
    codes = [f"{above.code}-{number}" for number in range(count)]
    return OrgUnit.objects.bulk_create(
        OrgUnit(code=code, name=f"{name} {code}", kind=kind, parent=above, path=f"{above.path}{code}/")
        for code in codes
    )


def _assign(cursor: Any, number: int, root: OrgUnit, at: datetime) -> None:
    """Of five courses three are due already, one is due in five days; most have completed what is due."""
    days = 10 * (number - 3 * COURSES // 5) + 5
    course = publish_plain_course(
        code=f"K{number:02}", title=f"年度课程 {number + 1}", line=Line.SAFETY, hours=Decimal(1),
        account=HourAccount.SAFETY, lessons=[], by=None, at=at,
    )  # fmt: skip
    due = at.replace(hour=16, minute=0, second=0, microsecond=0) + timedelta(days=days)
    assignment = Assignment.objects.create(course=course, unit=root, due_at=due, assigned_at=at - timedelta(days=150))
    facts = {
        "course": course.pk,
        "edition": course.current_edition_id,
        "at": at,
        "due": due,
        "done": 0.94 if days < 0 else 0.6,
    }
    cursor.execute(ENROLMENTS, facts)
    cursor.execute(ASSIGNED, {**facts, "assignment": assignment.pk})
    if number == 1:
        cursor.execute(ATTEMPTS, facts)
    if number == 0:
        cursor.execute(CERTIFICATES, {**facts, "title": f"年度课程 {number + 1}"})
