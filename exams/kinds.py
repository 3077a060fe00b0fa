"""Exams as something a lesson can open."""

from collections.abc import Sequence
from random import Random
from typing import Final

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from courses.models import Lesson
from exams import actions, queries
from exams.models import Exam
from exams.rules import drawing
from lms.people import access
from lms.people.access import Perm
from lms.people.models import Person


class ExamKind:
    """`courses.kinds.ActivityKind` for exams; the key of an activity is the exam's uuid."""

    key: Final = "exam"
    icon: Final = "exams"

    @property
    def label(self) -> str:
        return _("Exam")

    def choices(self, person: Person) -> Sequence[tuple[str, str]]:
        manage, edit = access.scope(person, Perm.EXAMS_MANAGE), access.scope(person, Perm.COURSES_EDIT)
        exams = Exam.objects.planned().filter(Q(unit=None) | Q(unit__in=manage) | Q(unit__in=edit)).order_by("title")
        return [(str(exam.uuid), exam.title) for exam in exams]

    def why_not(self, activity_key: str) -> str | None:
        exam = _find(activity_key)
        if exam is None:
            return _("This exam does not exist.")
        asked = queries.asked(exam.blueprint_id)
        try:
            drawing.draw(asked.rules, asked.stock(), Random(0))
        except drawing.Infeasible as error:
            return " ".join(queries.infeasible_words(asked.rules, error))
        return None

    def attach(self, activity_key: str, lesson: Lesson) -> None:
        actions.attach_to_lesson(exam=Exam.objects.get(uuid=activity_key), lesson=lesson)

    def launch_url(self, activity_key: str, lesson: Lesson) -> str:
        return reverse("exams:notice", args=[activity_key])

    def minutes(self, activity_key: str) -> int:
        exam = _find(activity_key)
        return exam.minutes if exam else 0


def _find(activity_key: str) -> Exam | None:
    try:
        return Exam.objects.filter(uuid=activity_key).first()
    except ValidationError:
        return None
