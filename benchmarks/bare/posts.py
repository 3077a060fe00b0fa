"""Bare beats, and the one that completes a course."""

import json
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.http import HttpRequest, JsonResponse
from django.utils import timezone

from benchmarks.bare.sql import Row, locking, one, person_of, rows, run

ACTIVE = """
SELECT s.id, i.id, r.id, r.enrolment_id, r.lesson_id, {}, COALESCE((SELECT SUM(x.seconds) FROM records_studyinterval x
    WHERE x.day = i.day AND x.person_id = s.person_id GROUP BY x.person_id), 0),
    s.person_id, s.token, i.person_id, i.day, i.ended_at, i.touched_at, i.seconds, i.closed, r.valid_seconds,
    r.reached_end_at, r.checked, r.completed_at, le.self_checks, le.characters
FROM records_activestudy s JOIN records_studyinterval i ON s.interval_id = i.id
JOIN records_lessonresult r ON i.result_id = r.id JOIN courses_lessonedition le ON r.lesson_edition_id = le.id
WHERE s.person_id = %s ORDER BY s.id LIMIT 1 {}"""
EXTEND = """
UPDATE records_studyinterval SET ended_at = ended_at, seconds = seconds + 0, touched_at = %s, closed = %s
WHERE id = %s"""
PLACE = "UPDATE records_lessonresult SET position = %s WHERE id = %s"
HOLD = """
SELECT e.edition_id, e.course_id, p.employment, x.unit_id, x.position_id, e.id, e.person_id, e.state
FROM records_enrolment e JOIN people_person p ON e.person_id = p.id
LEFT JOIN people_postassignment x ON x.person_id = p.id AND x.ends_on IS NULL WHERE e.id = %s LIMIT 21 {}"""
RESULTS = "SELECT k.* FROM records_lessonresult k WHERE k.enrolment_id = %s"
EDITION = "SELECT title, hours, account FROM courses_courseedition WHERE id = %s"
DONE = """
UPDATE records_lessonresult SET completed_at = %s, score = NULL, max_score = NULL, passed = NULL, source = 'reading',
    sources = '["reading"]', position = %s, reached_end_at = %s WHERE id = %s"""
CLOSE = "UPDATE records_enrolment SET state = 'completed', completed_at = %s WHERE state = 'open' AND id = %s"
RECORD = """
INSERT INTO records_trainingrecord (unit_id, position_id, employment, uuid, person_id, enrolment_id, edition_id, title,
    hours, account, score, max_score, passed, occurred_at, recorded_at, recorded_by_id, reason, corrects_id, void)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, NULL, NULL, NULL, %s, %s, %s, '', NULL, %s) RETURNING id"""
CREDIT = """
INSERT INTO records_hourcredit (record_id, person_id, account, hours, credited_at) VALUES (%s, %s, %s, %s, %s)
RETURNING id"""
ENTRY = """
INSERT INTO journal_entry (uuid, kind, version, payload, by_person, about_person, unit, occurred_at)
VALUES (%s, %s, 1, %s, %s, %s, %s, %s) RETURNING id, recorded_at"""
DELIVERIES = """
INSERT INTO journal_delivery (entry_id, handler, state, attempts, due_at, done_at, error)
VALUES (%s, 'bare', 'dead', 0, %s, NULL, ''), (%s, 'bare.too', 'dead', 0, %s, NULL, '') RETURNING id"""


def beat(request: HttpRequest, course: UUID, lesson: UUID) -> JsonResponse:
    person = person_of(request)
    sent = json.loads(request.body)
    with transaction.atomic():
        at = timezone.now()
        clock = locking("clock_timestamp()") or "NULL"
        _study, interval, result, enrolment, _lesson, now, *_ = one(
            ACTIVE.format(clock, locking("FOR UPDATE OF s")), person
        )
        at = now or at
        run(EXTEND, at, False, interval)
        if sent["end_reached"]:
            _complete(person, enrolment, result, sent["position"], at)
        else:
            run(PLACE, sent["position"], result)
    return JsonResponse({"state": "counting", "completed": sent["end_reached"]})


@cache
def edition_of(edition: int) -> Row:
    """Title, hours and account, kept by the process, as the real view keeps editions on the shelf."""
    return one(EDITION, edition)


def _complete(person: int, enrolment: int, result: int, place: float, at: datetime) -> None:
    edition, course, employment, unit, position, *_ = one(HOLD.format(locking("FOR UPDATE OF e")), enrolment)
    title, hours, account = edition_of(edition)
    rows(RESULTS, enrolment)
    run(DONE, at, place, at, result)
    run(CLOSE, at, enrolment)
    facts: list[Any] = [unit, position, employment, uuid4(), person, enrolment, edition, title, hours, account]
    record = one(RECORD, *facts, at, at, person, False)[0]
    rows(CREDIT, record, person, account, hours, at)
    payload = json.dumps({"enrolment": enrolment, "course": course, "record": record})
    entry = one(ENTRY, uuid4(), "enrolment-completed", payload, person, person, unit, at)[0]
    rows(DELIVERIES, entry, at, entry, at)
