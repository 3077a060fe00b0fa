"""What people have to mark."""

from decimal import Decimal

from exams import actions as exams
from exams.actions import PlannedRule
from exams.actions.banks import Draft
from exams.models import QuestionBank
from exams.rules.normalise import identity
from lms.records.models import Enrolment
from tests.architecture.world.cast import Names, Who, World
from tests.architecture.world.exams.making import make_exam
from tests.exams.sitting import hand_in, save, start


def write_an_essay(world: World, bank: QuestionBank, names: Names) -> None:
    """Handed in by the learner, and to be marked."""
    stem = f"论述：{names.text}"
    draft = Draft("essay", stem, {}, {"rubric": [], "reference": names.text}, identity("essay", stem, []))
    exams.add_questions(bank=bank, drafts=[draft], by=None, at=world.at)
    exam = make_exam(world, bank, "论述考试", rules=[PlannedRule(bank, 1, Decimal(5), "essay")])
    attempt = start(exam, world.people[Who.LEARNER], world.at)
    save(attempt, 1, names.text, world.at)
    hand_in(attempt, world.at)
    item = attempt.items.get()
    world.things |= {"essay_exam": exam.uuid, "essay_question": item.version.question.uuid, "essay": item.pk}


def work_in_front_of_an_assessor(world: World, bank: QuestionBank, names: Names) -> None:
    """The learner works in front of an assessor; the other learner has not yet."""
    content = {"items": [{"text": names.text, "points": "5", "key": True}]}
    stem = f"实操：{names.text}"
    draft = Draft("score_sheet", stem, content, {}, identity("score_sheet", stem, [names.text]))
    exams.add_questions(bank=bank, drafts=[draft], by=None, at=world.at)
    exam = make_exam(world, bank, "实操考核", rules=[PlannedRule(bank, 1, Decimal(5), "score_sheet")])
    assert exam.lesson is not None
    mine = Enrolment.objects.get(person=world.people[Who.LEARNER], course=exam.lesson.course)
    attempt = exams.begin_assessment(exam=exam, enrolment=mine, at=world.at)
    other = Enrolment.objects.get(person=world.people[Who.OTHER_LEARNER], course=exam.lesson.course)
    world.things |= {"practical_exam": exam.uuid, "practical": attempt.uuid, "practical_enrolment": other.uuid}
