"""Change an exam that nobody has sat yet."""

from datetime import datetime

from django.db import transaction

from exams.actions.create import ExamPlan, check_practice, drawn_blueprint
from exams.actions.papers import InUse
from exams.models import Blueprint, Exam
from lms.journal import actions as journal
from lms.people.models import Person

SAME = ("title", "unit", "minutes", "pass_score", "max_attempts", "multiple_scoring", "opens_at", "closes_at",
        "release_at", "kind", "wait_hours", "lessons_first", "hours_first", "protection", "second_marker",
        "arbitrate_above", "shows", "appeal_days", "practice_first", "practice_answers")  # fmt: skip


@transaction.atomic
def change_exam(*, exam: Exam, plan: ExamPlan, by: Person, at: datetime) -> Exam:
    """Everything as planned now.

    Raises `InUse` after the first start or with a make-up, `create.NothingOpen`, and `drawing.Infeasible`.

    A start that is under way holds the row of the exam, so that it is over before anybody looks.
    """
    check_practice(plan)
    held = Exam.objects.select_for_update(of=("self",)).get(pk=exam.pk)
    if held.kind == Exam.Kind.MAKE_UP or held.attempts.exists() or held.make_ups.exists():
        raise InUse
    before = held.blueprint_id
    held.blueprint = drawn_blueprint(plan, at)
    for name in SAME:
        setattr(held, name, getattr(plan, name))
    held.save()
    held.practice_banks.set(plan.practice_banks)
    if not Exam.objects.filter(blueprint=before).exists():
        Blueprint.objects.filter(pk=before).delete()
    journal.write("exam-changed", by=by, unit=held.unit, at=at, payload={"exam": held.pk})
    return held
