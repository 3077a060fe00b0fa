"""Daily practice."""

from exams import actions as exams
from tests.architecture.world.cast import Names, Who, World
from tests.architecture.world.exams.making import question
from tests.exams.practising import answer_all as answer_run
from tests.exams.practising import begin, opened


def practise(world: World, names: Names) -> None:
    """A bank open for practice, of which the learner has answered all of one run and nothing of another."""
    at, learner = world.at, world.people[Who.LEARNER]
    bank = exams.open_bank(name=f"练习题库{names.text}"[:100], unit=world.units["YL"], by=None, at=at)
    exams.add_questions(bank=bank, drafts=[question(names, n) for n in range(6)], by=None, at=at)
    opened(bank, at)
    practised = begin(learner, at, "topic", bank, topic=names.text[:100])
    answer_run(practised, at, right=5)
    run = begin(learner, at, "type", bank, type="single")
    world.things |= {"practice_bank": bank.uuid, "practised": practised.uuid, "practice_run": run.uuid}
