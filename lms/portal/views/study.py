"""What the study page's script sends: start, beat, answers to self-checks. JSON in, JSON out."""

import json
from dataclasses import asdict
from datetime import datetime
from html import unescape
from math import isfinite
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.html import strip_tags
from django.views.decorators.http import require_POST

from courses import checks
from courses.checks import Checked
from courses.models import Lesson
from lms.kernel import clock
from lms.people.login import login_required
from lms.people.models import Person
from lms.portal.views.learner import learner, own_course
from lms.records import actions
from lms.records.actions.complete import NotInEdition
from lms.records.actions.enrol import NotOffered
from lms.records.models import Enrolment, LessonResult
from lms.records.watching import Sight


class Unreadable(ValueError):
    """The body is not what the contract says."""


@login_required
@require_POST
def start(request: HttpRequest, course: UUID, lesson: UUID) -> HttpResponse:
    """Opening a lesson enrols in the course, if that is open to the person; says what they did in it before."""
    person, at = learner(request), clock.now()
    enrolment = _enrolment(person, course, at)
    try:
        study = actions.start_study(enrolment=enrolment, lesson=_lesson(enrolment, lesson), at=at)
    except NotInEdition:
        raise Http404 from None
    result = study.interval.result
    return JsonResponse(
        {
            "token": str(study.token),
            "position": result.position,
            "answers": {key: _answered(result, key) for key in result.checked},
            **asdict(actions.standing(result)),
        }
    )


@login_required
@require_POST
def beat(request: HttpRequest, course: UUID, lesson: UUID) -> HttpResponse:
    person = learner(request)
    try:
        sent = _beat(request)
    except Unreadable as error:
        return JsonResponse({"error": str(error)}, status=400)
    reply = actions.beat(person=person, lesson=lesson, **sent)
    if reply is None:
        raise Http404
    return JsonResponse(asdict(reply))


@login_required
@require_POST
def check(request: HttpRequest, course: UUID, lesson: UUID) -> HttpResponse:
    person, at = learner(request), clock.now()
    try:
        key, choice = _answer(request)
    except Unreadable as error:
        return JsonResponse({"error": str(error)}, status=400)
    enrolment = _enrolment(person, course, at)
    try:
        reply = actions.answer_self_check(
            enrolment=enrolment, lesson=_lesson(enrolment, lesson), key=key, choice=choice, at=at
        )
    except (KeyError, NotInEdition):
        raise Http404 from None
    return JsonResponse(
        {
            **_explained(reply.checked),
            "answered": reply.answered,
            "total": reply.total,
            "completed": reply.completed,
            "outstanding": reply.outstanding,
        }
    )


def _answered(result: LessonResult, key: str) -> dict[str, Any]:
    """A self-check as it was left: what was chosen, and the explanation that followed."""
    choice = result.checked[key]
    return {"choice": choice, **_explained(checks.check(result.lesson_edition, key, choice))}


def _explained(checked: Checked) -> dict[str, Any]:
    return {"correct": checked.correct, "right": checked.right, "explanation": _plain(checked.explanation)}


def _enrolment(person: Person, uuid: UUID, at: datetime) -> Enrolment:
    """The enrolment in the course; a new one when the course is open to the person."""
    course, enrolment = own_course(person, uuid)
    if enrolment is not None:
        return enrolment
    try:
        return actions.enrol(person=person, course=course, by=person, at=at)
    except NotOffered:
        raise Http404 from None


def _lesson(enrolment: Enrolment, uuid: UUID) -> Lesson:
    lesson = Lesson.objects.filter(uuid=uuid, course=enrolment.course_id, kind="reading").first()
    if lesson is None:
        raise Http404
    return lesson


def _beat(request: HttpRequest) -> dict[str, Any]:
    body = _body(request)
    try:
        position = float(body.get("position", 0))
        token = UUID(str(body["token"]))
    except (KeyError, TypeError, ValueError):
        raise Unreadable("token and position") from None
    if position != position:  # NaN
        raise Unreadable("position")
    return {
        "token": token,
        "touched": body.get("touched") is True,
        "visible": body.get("visible") is not False,
        "end_reached": body.get("end_reached") is True,
        "position": position,
        "sights": _sights(body.get("watched", {})),
    }


def _sights(sent: Any) -> dict[str, Sight]:
    """What was seen of the media: `{file: {"spans": [[from, to], …], "at": where}}`, in seconds or pages."""
    if not isinstance(sent, dict) or len(sent) > 50:
        raise Unreadable("watched")
    try:
        return {
            file: Sight([_span(span) for span in said["spans"][:50]], _number(said["at"]))
            for file, said in sent.items()
        }
    except (KeyError, TypeError, ValueError, OverflowError):
        raise Unreadable("watched") from None


def _span(sent: Any) -> tuple[float, float]:
    start, end = sent
    return _number(start), _number(end)


def _number(sent: Any) -> float:
    if type(sent) not in (int, float) or not isfinite(sent):
        raise ValueError(sent)
    return float(sent)


def _answer(request: HttpRequest) -> tuple[str, list[int]]:
    body = _body(request)
    key, choice = body.get("key"), body.get("choice")
    if not isinstance(key, str) or not isinstance(choice, list) or len(choice) > 50:
        raise Unreadable("key and choice")
    if not all(type(index) is int and 0 <= index < 100 for index in choice):
        raise Unreadable("choice")
    return key, choice


def _body(request: HttpRequest) -> dict[str, Any]:
    try:
        body = json.loads(request.body)
    except (UnicodeDecodeError, ValueError, RecursionError):
        raise Unreadable("JSON") from None
    if not isinstance(body, dict):
        raise Unreadable("JSON object")
    return body


def _plain(html: str) -> str:
    """The explanation as text: the script puts it into the page as text, never as markup."""
    return unescape(strip_tags(html.replace("</p>", "\n").replace("<br>", "\n"))).strip()
