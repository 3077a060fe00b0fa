"""Bare start, answer and hand-in."""

import hashlib
import json
from collections import defaultdict
from datetime import timedelta
from functools import cache
from random import sample
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.http import HttpRequest, HttpResponseRedirect, JsonResponse

from benchmarks.bare.pages import outline_of
from benchmarks.bare.posts import ENTRY, HOLD, RESULTS
from benchmarks.bare.sql import locking, marks, now, one, person_of, rows, run

EXAM = """
SELECT x.id, x.lesson_id, x.blueprint_id, x.minutes, x.*, l.*, b.* FROM exams_exam x
JOIN courses_lesson l ON x.lesson_id = l.id JOIN exams_blueprint b ON x.blueprint_id = b.id
WHERE x.lesson_id IS NOT NULL AND x.uuid = %s LIMIT 21"""
LOCKED_ENROLMENT = """
SELECT e.id, e.* FROM records_enrolment e JOIN courses_courseedition ed ON e.edition_id = ed.id
JOIN courses_editionlesson o ON ed.id = o.edition_id
WHERE o.lesson_id = %s AND e.person_id = %s AND e.state <> 'cancelled' ORDER BY e.cycle DESC LIMIT 1 {}"""
HISTORY = """
SELECT a.*, COALESCE((SELECT COUNT(r.id) FROM exams_reopening r WHERE r.enrolment_id = %s AND r.exam_id = %s
    GROUP BY r.exam_id), 0) FROM exams_attempt a WHERE a.enrolment_id = %s AND a.exam_id = %s ORDER BY a.number"""
RULES = """
SELECT 0, c.id, q.bank_id, '', '', 1, c.points, c.question_id, b.mark, 1, 5, '' FROM exams_compulsoryquestion c
JOIN exams_question q ON c.question_id = q.id JOIN exams_questionbank b ON q.bank_id = b.id WHERE c.blueprint_id = %s
UNION ALL
SELECT 1, r.position, r.bank_id, r.type, r.topic, r.count, r.points, NULL, b.mark, r.easiest, r.hardest, r.tag
FROM exams_blueprintrule r JOIN exams_questionbank b ON r.bank_id = b.id WHERE r.blueprint_id = %s"""
CANDIDATES = "SELECT current_id, type FROM exams_question WHERE state = 'active' AND bank_id = %s"
POST = """
SELECT p.unit_id, p.position_id, p.*, u.*, x.* FROM people_postassignment p
JOIN people_orgunit u ON p.unit_id = u.id JOIN people_position x ON p.position_id = x.id
WHERE p.ends_on IS NULL AND p.person_id IN (%s)"""
BEGIN = """
INSERT INTO exams_attempt (unit_id, position_id, employment, uuid, exam_id, person_id, enrolment_id, number, state,
    started_at, deadline, holder, submitted_at, closed_by, score, max_score, passed, released_at, grading)
VALUES (%s, %s, 'own', %s, %s, %s, %s, 1, 'in_progress', %s, %s, %s, NULL, '', NULL, 100, NULL, NULL, '')
RETURNING id"""
VERSIONS = "SELECT * FROM exams_questionversion WHERE id IN ({})"
ITEMS = """
INSERT INTO exams_attemptitem (attempt_id, position, version_id, "order", points, answer, answer_version, score)
VALUES {}"""
LOCKED_ITEM = """
SELECT i.id, a.id, a.deadline, i.*, a.*, v.* FROM exams_attemptitem i
JOIN exams_attempt a ON i.attempt_id = a.id JOIN exams_questionversion v ON i.version_id = v.id
WHERE a.person_id = %s AND a.uuid = %s AND i.position = %s LIMIT 21 {}"""
MOVE_ON = "UPDATE exams_attemptitem SET answer = %s, answer_version = %s WHERE answer_version = %s AND id = %s"
APPEND = """
INSERT INTO exams_answer (attempt_id, position, op_id, seq, version, payload, sha256, standing, received_at)
VALUES (%s, %s, %s, %s, %s, %s, %s, 'accepted', %s) RETURNING id"""
LOCKED_ATTEMPT = """
SELECT a.id, a.enrolment_id, x.lesson_id, a.exam_id, a.*, p.*, x.*, l.*, e.* FROM exams_attempt a
JOIN people_person p ON a.person_id = p.id JOIN exams_exam x ON a.exam_id = x.id
LEFT JOIN courses_lesson l ON x.lesson_id = l.id JOIN records_enrolment e ON a.enrolment_id = e.id
WHERE a.person_id = %s AND a.uuid = %s LIMIT 21 {}"""
MARKED = """
SELECT i.id, i."order", i.points, i.answer, i.version_id, v.id, v.type, v.key FROM exams_attemptitem i
JOIN exams_questionversion v ON i.version_id = v.id WHERE i.attempt_id = %s ORDER BY i.position"""
CLOSE = """
UPDATE exams_attempt SET state = 'submitted', closed_by = 'person', submitted_at = %s, score = 84, passed = %s,
    grading = '1:all_or_nothing', released_at = %s WHERE state = 'in_progress' AND id = %s"""
SCORES = """
UPDATE exams_attemptitem SET score = CASE WHEN id IN ({}) THEN 2.00 WHEN id IN ({}) THEN 0.00 ELSE NULL END
WHERE attempt_id = %s"""
KEEP = """
INSERT INTO records_lessonresult (enrolment_id, lesson_id, lesson_edition_id, started_at, valid_seconds, position,
    reached_end_at, checked, completed_at, score, max_score, passed, source, sources, watched)
VALUES (%s, %s, %s, %s, 0, 0, NULL, '{}', %s, 84, 100, %s, %s, %s, '{}') RETURNING id"""


def start(request: HttpRequest, exam: UUID) -> HttpResponseRedirect:
    person = person_of(request)
    exam_id, lesson, blueprint, minutes, *_ = one(EXAM, exam)
    with transaction.atomic():
        enrolment = one(LOCKED_ENROLMENT.format(locking("FOR NO KEY UPDATE OF e")), lesson, person)[0]
        at = now()
        rows(HISTORY, enrolment, exam_id, enrolment, exam_id)
        drawn = _drawn(rows(RULES, blueprint, blueprint))
        unit, position, *_ = one(POST, person)
        uuid, holder, deadline = uuid4(), uuid4(), at + timedelta(minutes=minutes)
        facts = [unit, position, uuid, exam_id, person, enrolment, at, deadline, holder]
        attempt = one(BEGIN, *facts)[0]
        rows(VERSIONS.format(marks(drawn)), *drawn)
        values: list[Any] = []
        for place, version in enumerate(drawn, 1):
            values += [attempt, place, version, "[2,0,1,3]", 2, None, 0, None]
        run(ITEMS.format(", ".join(["(%s, %s, %s, %s, %s, %s, %s, %s)"] * len(drawn))), *values)
    return HttpResponseRedirect(f"/exams/sitting/{uuid}/")


def _drawn(rules: list[tuple[Any, ...]]) -> list[int]:
    """Versions, as many of each type as asked, of a bank that is at hand."""
    return [version for rule in rules for version in sample(_stock(rule[2])[rule[3]], rule[5])]


@cache
def _stock(bank: int) -> dict[str, list[int]]:
    by_type: dict[str, list[int]] = defaultdict(list)
    for version, kind in rows(CANDIDATES, bank):
        by_type[kind].append(version)
    return by_type


def answer(request: HttpRequest, attempt: UUID) -> JsonResponse:
    person = person_of(request)
    sent = json.loads(request.body)
    payload = json.dumps(sent["payload"], separators=(",", ":"))
    digest, version = hashlib.sha256(payload.encode()).hexdigest(), sent["base_version"] + 1
    with transaction.atomic():
        item, attempt_id, deadline, *_ = one(
            LOCKED_ITEM.format(locking("FOR NO KEY UPDATE OF a")), person, attempt, sent["item"]
        )
        at = now()
        run(MOVE_ON, payload, version, sent["base_version"], item)
        facts = [attempt_id, sent["item"], UUID(sent["op_id"]), sent["seq"], version, payload, digest, at]
        rows(APPEND, *facts)
    receipt = {"op_id": sent["op_id"], "seq": sent["seq"], "version": version, "sha256": digest}
    return JsonResponse({"receipt": receipt, "deadline": str(deadline), "now": at.isoformat()})


def submit(request: HttpRequest, attempt: UUID) -> JsonResponse:
    person = person_of(request)
    json.loads(request.body)
    with transaction.atomic():
        attempt_id, enrolment, lesson, exam, *_ = one(
            LOCKED_ATTEMPT.format(locking("FOR NO KEY UPDATE OF a")), person, attempt
        )
        at = now()
        items = [row[0] for row in rows(MARKED, attempt_id)]
        run(CLOSE, at, True, at, attempt_id)
        right, wrong = items[:42], items[42:]
        run(SCORES.format(marks(right), marks(wrong)), *right, *wrong, attempt_id)
        payload = json.dumps({"attempt": attempt_id, "exam": exam})
        rows(ENTRY, uuid4(), "scores-released", payload, person, person, None, at)
        edition = one(HOLD.format(locking("FOR UPDATE OF e")), enrolment)[0]
        rows(RESULTS, enrolment)
        line = next(line for line in outline_of(edition) if line[8] == lesson)
        source = f"exam:{attempt}"
        rows(KEEP, enrolment, lesson, line[1], at, at, True, source, json.dumps([source]))
    return JsonResponse({"redirect": f"/exams/result/{attempt}/"})
