"""A contest that runs."""

from datetime import timedelta

from exams import actions as exams
from exams.models import Exam, QuestionBank
from tests.architecture.world.cast import Names, Who, World
from tests.architecture.world.exams.making import make_exam
from tests.exams.sitting import answer_all, hand_in, start


def compete(world: World, bank: QuestionBank, names: Names) -> None:
    """With a result of the learner, who is a team."""
    at, learner = world.at, world.people[Who.LEARNER]
    times = {"opens_at": at - timedelta(hours=1), "closes_at": at + timedelta(hours=1)}
    contest = make_exam(world, bank, f"竞赛{names.text}"[:150], kind=Exam.Kind.CONTEST, **times)
    attempt = start(contest, learner, at)
    answer_all(attempt, at, right=4)
    hand_in(attempt, at)
    teams = [(names.text[:60], [learner])]
    exams.plan_contest(exam=contest, plan=exams.ContestPlan("named", 3, teams), by=None, at=at)
    world.things["contest"] = contest.uuid
