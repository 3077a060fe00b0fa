"""An exam in sessions, a deferral asked for, and the make-up exam."""

from datetime import timedelta

from exams import actions as exams
from exams.models import QuestionBank
from lms.records.models import Enrolment
from tests.architecture.world.cast import Names, Who, World
from tests.architecture.world.exams.making import make_exam


def seat(world: World, bank: QuestionBank, names: Names) -> None:
    """A session tomorrow with a seat for the learner; the other unit's manager invigilates."""
    at = world.at
    exam = make_exam(world, bank, f"普考{names.text}"[:150])
    plan = exams.SessionPlan(
        name=names.text[:60], room=names.unit, capacity=9, begins_at=at + timedelta(days=1),
        ends_at=at + timedelta(days=1, hours=1),
    )  # fmt: skip
    invigilators = [world.people[Who.OTHER_MANAGER]]
    session = exams.plan_session(exam=exam, plan=plan, invigilators=invigilators, by=None, at=at)
    enrolment = Enrolment.objects.get(person=world.people[Who.LEARNER], course=exam.lesson.course)  # type: ignore[union-attr]
    [place] = exams.seat_people(session=session, enrolments=[enrolment], by=None, at=at)
    asked = exams.ask_deferral(seat=place, reason="other", note=names.text[:255], by=world.people[Who.LEARNER], at=at)
    make_up = exams.plan_make_up(
        original=exam, plan=exams.MakeUpPlan(f"补考{names.text}"[:150]), failed=[], absent=[enrolment], by=None, at=at
    )
    world.things |= {
        "exam_session": session.uuid, "seat": place.uuid, "session_exam": exam.uuid, "deferral": asked.uuid,
        "make_up": make_up.uuid, "entrant": enrolment.uuid,
    }  # fmt: skip
