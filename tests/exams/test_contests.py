"""竞赛: people sit it as any exam; teams and persons are ranked by points and time."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db.models import F
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags

from exams import actions
from exams.actions import ContestPlan
from exams.actions.mistakes import collect_mistakes
from exams.models import Attempt, Contest, ContestMember, Exam, QuestionBank
from exams.queries import contests
from lms.people.enums import Role
from lms.people.models import Person
from lms.records.models import Enrolment, LessonResult, TrainingRecord
from tests.exams.conftest import enrolled
from tests.exams.sitting import answer_all, hand_in, start
from tests.exams.test_desk import exam_form

pytestmark = pytest.mark.django_db
Teams = Contest.Teams


@pytest.fixture
def contest(make_exam: Callable[..., Exam], at: datetime) -> Exam:
    """Of five questions worth two points each, open for two hours."""
    open_now = {"opens_at": at - timedelta(hours=1), "closes_at": at + timedelta(hours=1)}
    return make_exam(kind=Exam.Kind.CONTEST, title="安全知识竞赛", **open_now)


def took_part(exam: Exam, person: Person, at: datetime, right: int, minutes: int = 5) -> Attempt:
    begun = at - timedelta(minutes=minutes)
    enrolled(exam, person, begun)
    attempt = start(exam, person, begun)
    answer_all(attempt, begun, right=right)
    return hand_in(attempt, at)


@pytest.fixture
def six(contest: Exam, make_person: Callable[..., Person], at: datetime) -> list[Person]:
    """Two each of 变电运维班, of 运维检修部 that it belongs to, and of 城关供电所."""
    units = ["YL0901", "YL0901", "YL09", "YL09", "YL1301", "YL1301"]
    people = [make_person(f"0013000{n}", f"选手{'甲乙丙丁戊己'[n]}", unit) for n, unit in enumerate(units)]
    for person, right, minutes in zip(people, [5, 3, 4, 4, 5, 1], [6, 5, 5, 5, 4, 2], strict=True):
        took_part(contest, person, at, right, minutes)
    return people


def text(client: Client, name: str, exam: Exam) -> str:
    reply = client.get(reverse(f"exams:{name}", args=[exam.uuid]))
    assert reply.status_code == 200
    return strip_tags(reply.content.decode())


def names(rows: list[Any]) -> list[tuple[int, str]]:
    return [(one.placed.place, one.name) for one in rows]


def test_persons_are_ranked_by_points_then_time(contest: Exam, six: list[Person]) -> None:
    found = contests.standings(contest)
    assert names(contests.person_rows(found, found.persons)) == [
        (1, "选手戊"), (2, "选手甲"), (3, "选手丙"), (3, "选手丁"), (5, "选手乙"), (6, "选手己"),
    ]  # fmt: skip


def test_the_place_that_the_database_counts_is_the_one_of_the_ranking(contest: Exam, six: list[Person]) -> None:
    ranked = {one.result.who: one.place for one in contests.standings(contest).persons}
    counted = [contests.my_place(contest, person) for person in six]
    assert [one and one.place for one in counted] == [ranked[person.pk] for person in six]
    Attempt.objects.filter(person=six[0]).update(submitted_at=F("submitted_at") + timedelta(milliseconds=900))
    Attempt.objects.filter(person=six[4]).update(submitted_at=F("submitted_at") + timedelta(minutes=2))
    places = [contests.my_place(contest, six[n]) for n in (0, 4)]
    assert [one and one.place for one in places] == [1, 1]  # not a second apart


def test_who_has_not_sat_has_no_place(contest: Exam, li_zhendong: Person) -> None:
    assert contests.my_place(contest, li_zhendong) is None


def test_teams_are_the_departments_at_first_and_groups_when_planned_so(
    contest: Exam, six: list[Person], at: datetime
) -> None:
    found = contests.standings(contest)
    departments = contests.team_rows(found, found.teams)
    assert [(one.name, int(one.result.points)) for one in departments] == [("运维检修部", 26), ("城关供电所", 12)]
    actions.plan_contest(exam=contest, plan=ContestPlan(Teams.GROUP, 1), by=None, at=at)
    found = contests.standings(contest)
    groups = contests.team_rows(found, found.teams)
    assert [(one.name, int(one.result.points)) for one in groups] == [
        ("城关供电所", 10),
        ("变电运维班", 10),
        ("运维检修部", 8),
    ]


def test_named_teams_have_the_people_they_name(
    contest: Exam, six: list[Person], ma_yue: Person, client_of: Callable[[Person], Client]
) -> None:
    desk, door = client_of(ma_yue), reverse("exams:contest_teams", args=[contest.uuid])
    sent = {"teams_by": "named", "counted": "2", "teams": "一队：00130000，00130005\n二队: 00130001 00130002"}
    assert desk.post(door, sent).status_code == 302
    found = contests.standings(contest)
    rows = contests.team_rows(found, found.teams)
    assert [(one.name, int(one.result.points)) for one in rows] == [("二队", 14), ("一队", 12)]
    assert found.team_of(six[3].pk) is None
    assert "一队：00130000，00130005" in desk.get(door).content.decode()
    assert desk.post(door, sent | {"teams": "三队：00130004"}).status_code == 302
    assert ContestMember.objects.get().team.name == "三队"


@pytest.mark.parametrize(
    ("teams", "sentence"),
    [
        ("", "请填写队伍名单。"),
        ("一队 00130000", "请写队名、冒号和工号"),
        ("一队：", "请写队名、冒号和工号"),
        (f"{'长' * 61}：00130000", "队名过长"),
        ("一队：00130000\n二队：00130000", "重复：00130000。"),
        ("一队：00130000\n一队：00130001", "重复：一队。"),
        ("一队：00999999", "00999999"),
    ],
)
def test_what_is_wrong_with_the_names_is_said(
    teams: str, sentence: str, contest: Exam, six: list[Person], ma_yue: Person, client_of: Callable[[Person], Client]
) -> None:
    door = reverse("exams:contest_teams", args=[contest.uuid])
    reply = client_of(ma_yue).post(door, {"teams_by": "named", "counted": "3", "teams": teams})
    assert sentence in reply.content.decode()
    assert not Contest.objects.exists()


def test_only_people_whom_the_examiner_covers_can_be_named(
    contest: Exam, six: list[Person], make_person: Callable[..., Person], client_of: Callable[[Person], Client]
) -> None:
    Exam.objects.update(unit=None)
    other = client_of(make_person("00120055", "别处考官", "YL1302", Role.EXAMINER))
    door = reverse("exams:contest_teams", args=[contest.uuid])
    reply = other.post(door, {"teams_by": "named", "counted": "3", "teams": "一队：00130000"})
    assert reply.status_code == 200 and not Contest.objects.exists()


def test_a_contest_leaves_nothing_in_the_records(contest: Exam, six: list[Person]) -> None:
    assert not TrainingRecord.objects.exists() and not LessonResult.objects.exists()
    assert not Enrolment.objects.exclude(state=Enrolment.State.OPEN).exists()


def test_one_attempt_is_all_there_is(contest: Exam, six: list[Person], at: datetime) -> None:
    with pytest.raises(actions.NotAllowed):
        start(contest, six[0], at)


def test_answers_are_held_back_until_the_contest_closes(
    contest: Exam,
    li_zhendong: Person,
    client_of: Callable[[Person], Client],
    move_clock: Callable[[float], None],
    at: datetime,
) -> None:
    attempt = took_part(contest, li_zhendong, at, right=2)
    door = reverse("exams:result", args=[attempt.uuid])
    before = client_of(li_zhendong).get(door).content.decode()
    assert "目前第 1 名" in before and "其他人还在答题" in before and "解析" not in before
    assert collect_mistakes(attempt=attempt, at=at) == 0
    move_clock(2 * 3600)
    assert "解析" in client_of(li_zhendong).get(door).content.decode()


def test_participants_see_the_first_ten_and_their_own_place(
    contest: Exam,
    six: list[Person],
    make_person: Callable[..., Person],
    client_of: Callable[[Person], Client],
    at: datetime,
) -> None:
    more = [make_person(f"0013001{n}", f"后来{n}号", "YL1302") for n in range(6)]
    for person in more:
        took_part(contest, person, at, right=1, minutes=9)
    last = more[-1]
    Attempt.objects.filter(person=last).update(score=0)
    page = text(client_of(last), "my_ranking", contest)
    assert "第 12 名（共 12）" in page and "选手戊" in page
    assert more[4].name not in page
    assert "河东供电所" in page


def test_nobody_else_sees_the_names(
    contest: Exam,
    six: list[Person],
    xie_yulan: Person,
    make_person: Callable[..., Person],
    client_of: Callable[[Person], Client],
) -> None:
    other_examiner = make_person("00120055", "别处考官", "YL1302", Role.EXAMINER)
    for person in (xie_yulan, other_examiner):
        assert client_of(person).get(reverse("exams:my_ranking", args=[contest.uuid])).status_code == 404
        for name in ("contest_ranking", "contest_board", "contest_teams"):
            assert client_of(person).get(reverse(f"exams:{name}", args=[contest.uuid])).status_code == 404
    for name in ("contest_ranking", "contest_board", "contest_teams"):
        assert client_of(six[0]).get(reverse(f"exams:{name}", args=[contest.uuid])).status_code == 404


def test_other_kinds_of_exam_have_no_ranking(
    exam: Exam, ma_yue: Person, li_zhendong: Person, client_of: Callable[[Person], Client], at: datetime
) -> None:
    enrolled(exam, li_zhendong, at)
    assert client_of(li_zhendong).get(reverse("exams:my_ranking", args=[exam.uuid])).status_code == 404
    assert client_of(ma_yue).get(reverse("exams:contest_board", args=[exam.uuid])).status_code == 404
    with pytest.raises(ValueError, match="only contests"):
        actions.plan_contest(exam=exam, plan=ContestPlan(Teams.GROUP), by=None, at=at)


def test_the_ranking_waits_for_the_release(
    make_exam: Callable[..., Exam],
    li_zhendong: Person,
    ma_yue: Person,
    client_of: Callable[[Person], Client],
    at: datetime,
) -> None:
    hour = timedelta(hours=1)
    exam = make_exam(kind="contest", opens_at=at - hour, closes_at=at + hour, release_at=at + 2 * hour)
    took_part(exam, li_zhendong, at, right=5)
    board = text(client_of(ma_yue), "contest_board", exam)
    assert li_zhendong.name not in board and "届时显示排名" in board
    actions.release_due(at=at + 2 * hour)
    assert li_zhendong.name in text(client_of(ma_yue), "contest_board", exam)


def test_the_board_asks_for_what_changes_and_turns_the_pages_of_teams(
    contest: Exam,
    make_person: Callable[..., Person],
    ma_yue: Person,
    client_of: Callable[[Person], Client],
    at: datetime,
) -> None:
    people = [make_person(f"0013002{n}", f"队员{n}号", "YL1301") for n in range(8)]
    people += [make_person(f"0013003{n}", f"队员1{n}号", "YL1301") for n in range(3)]
    for person in people:
        took_part(contest, person, at, right=3)
    teams = [(f"第{n}队", [person]) for n, person in enumerate(people, 1)]
    actions.plan_contest(exam=contest, plan=ContestPlan(Teams.NAMED, 3, teams), by=ma_yue, at=at)
    desk, door = client_of(ma_yue), reverse("exams:contest_board", args=[contest.uuid])
    first = desk.get(door, headers={"accept": "application/json"}).json()
    second = desk.get(f"{door}?page={first['next']}", headers={"accept": "application/json"}).json()
    assert (first["next"], second["next"]) == (2, 1)
    assert "第11队" in second["html"] and "第11队" not in first["html"]
    for odd in ("0", "-1", "x", "99999999", "²", "9"):
        assert desk.get(door, {"page": odd}).status_code == 200


def test_an_examiner_sets_a_contest_up_with_its_times(
    bank: QuestionBank, ma_yue: Person, client_of: Callable[[Person], Client]
) -> None:
    desk = client_of(ma_yue)
    without = desk.post(reverse("exams:create"), exam_form(bank, kind="contest")).content.decode()
    assert "竞赛须设定开始和截止时间" in without
    times = {"opens_at": "2026-06-05T09:00", "closes_at": "2026-06-05T18:00"}
    desk.post(reverse("exams:create"), exam_form(bank, kind="contest", **times))
    exam = Exam.objects.get()
    assert (
        reverse("exams:contest_ranking", args=[exam.uuid])
        in desk.get(reverse("exams:exam", args=[exam.uuid])).content.decode()
    )
    assert "有成绩公布后显示排名" in text(desk, "contest_ranking", exam)


@pytest.mark.parametrize("teams_by", [Teams.DEPARTMENT, Teams.NAMED])
@pytest.mark.parametrize("takers", [3, 60])
def test_rankings_cost_the_same_with_any_number_of_takers(
    takers: int,
    teams_by: str,
    contest: Exam,
    make_person: Callable[..., Person],
    ma_yue: Person,
    client_of: Callable[[Person], Client],
    statements: Callable[..., Any],
    at: datetime,
) -> None:
    people = crowd(contest, takers, make_person("00139999", "领队", "YL1301"), at)
    teams = [(f"第{n}队", people[n::3]) for n in range(3)]
    actions.plan_contest(exam=contest, plan=ContestPlan(teams_by, 3, teams), by=ma_yue, at=at)
    desk, phone = client_of(ma_yue), client_of(people[0])
    text(desk, "contest_board", contest)
    for client, name, budget in (
        (desk, "contest_board", 12),
        (desk, "contest_ranking", 14),
        (phone, "my_ranking", 12),
    ):
        with statements(at_most=budget):
            text(client, name, contest)


def crowd(exam: Exam, takers: int, like: Person, at: datetime) -> list[Person]:
    """So many who have handed in, without their papers."""
    assert exam.lesson is not None
    first = enrolled(exam, like, at).enrolment
    people = Person.objects.bulk_create(
        [Person(staff_no=f"8{n:06}", name=f"选手{n}", password=like.password) for n in range(takers)]
    )
    enrolments = Enrolment.objects.bulk_create(
        [Enrolment(person=each, course=first.course, edition=first.edition, enrolled_at=at) for each in people]
    )
    unit = like.posts.get().unit
    Attempt.objects.bulk_create(
        [
            Attempt(
                exam=exam, person=one.person, enrolment=one, number=1, unit=unit, state="submitted", started_at=at,
                deadline=at, submitted_at=at + timedelta(seconds=n % 900), score=n % 100, max_score=100, passed=True,
                released_at=at,
            )
            for n, one in enumerate(enrolments)
        ]
    )  # fmt: skip
    return people
