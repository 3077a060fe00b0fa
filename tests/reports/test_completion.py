"""The manager's page: today's scope, figures of the day, names of today."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate

from courses.models import Course
from lms.journal.actions import deliver
from lms.people import actions as people
from lms.people.enums import Role
from lms.people.models import OrgUnit, Person, Position, RoleGrant
from lms.records.actions import withdraw
from lms.records.models import AssignedPerson, Assignment, Enrolment
from lms.reports import queries
from lms.reports.queries import Asked

Browser = Callable[[Person], Client]
Put = Callable[..., Assignment]
Finish = Callable[..., None]


def page(browser: Client, view: str = "reports:completion", **query: str) -> str:
    response = browser.get(reverse(view), query)
    assert response.status_code == 200
    return response.content.decode()


def stats(html: str) -> list[str]:
    """The figures on top: rate, assigned, completed, overdue, on time."""
    return re.findall(r'<dd class="stat-value figure">([^<]*)', html)


def names(html: str) -> set[str]:
    return set(re.findall(r"[谢彭][一二三四]", html))


def total(viewer: Person, at: datetime, asked: Asked | None = None) -> tuple[int, int, int]:
    cells = [cell.figures for cell in queries.cells(queries.units_in_scope(viewer), asked or Asked(), at)]
    return sum(f.assigned for f in cells), sum(f.completed for f in cells), sum(f.overdue for f in cells)


@pytest.fixture
def move(unit: Callable[[str], OrgUnit], lin_xiaowen: Person, at: datetime) -> Callable[[Person, str], None]:
    def to(person: Person, code: str) -> None:
        people.move(
            person=person,
            unit=unit(code),
            position=Position.objects.get(),
            starts_on=localdate(at),
            by=lin_xiaowen,
            at=at,
        )

    return to


def test_a_manager_sees_rate_assigned_completed_and_overdue(
    chengguan: list[Person], course: Course, put_under: Put, finish: Finish, luo_jianhua: Person, client_of: Browser
) -> None:
    put_under(course, "YL1301", due=-2)
    finish(chengguan[0], course, ago=5)
    finish(chengguan[1], course, ago=1)
    assert stats(page(client_of(luo_jianhua))) == ["40", "5", "2", "3", "20"]  # 罗建华 learns too


def test_each_manager_sees_his_own_station_only(
    chengguan: list[Person],
    hedong: list[Person],
    course: Course,
    put_under: Put,
    luo_jianhua: Person,
    cao_bin: Person,
    shen_hui: Person,
    client_of: Browser,
) -> None:
    put_under(course, "YL", due=-1)
    mine, yours = {"谢一", "谢二", "谢三", "谢四"}, {"彭一", "彭二"}
    for manager, seen in ((luo_jianhua, mine), (cao_bin, yours), (shen_hui, mine | yours)):
        browser = client_of(manager)
        assert names(page(browser, "reports:people")) == seen
        assert names(page(browser)) <= seen
    for view in ("reports:completion", "reports:people", "reports:export"):
        assert client_of(luo_jianhua).get(reverse(view), {"unit": "YL1302"}).status_code == 404
        assert client_of(luo_jianhua).get(reverse(view), {"unit": "YL"}).status_code == 404
        response = client_of(shen_hui).get(reverse(view), {"unit": "YL1302"})
        assert response.getvalue()
        assert response.status_code == 200


@pytest.mark.parametrize("view", ["reports:completion", "reports:people"])
def test_somebody_with_two_tasks_has_two_rows_and_no_id_stands_twice(
    view: str, chengguan: list[Person], course: Course, other_course: Course, put_under: Put,
    luo_jianhua: Person, client_of: Browser,
) -> None:  # fmt: skip
    for late in (course, other_course):
        put_under(late, chengguan[0], due=-2)
    html = page(client_of(luo_jianhua), view)
    assert html.count(f'<span class="fine">{chengguan[0].staff_no}</span>') == 2
    ids = re.findall(r'\sid="([^"]*)"', html)
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("view", ["reports:completion", "reports:people", "reports:export"])
def test_without_a_scope_the_page_does_not_exist(
    view: str, li_zhendong: Person, tang_zhiyuan: Person, admin: Person, client_of: Browser
) -> None:
    for person in (li_zhendong, tang_zhiyuan, admin):
        assert client_of(person).get(reverse(view)).status_code == 404
    assert Client().get(reverse(view)).status_code == 302


def test_a_role_that_ended_shows_nothing_on_the_next_request(
    luo_jianhua: Person, client_of: Browser, at: datetime
) -> None:
    browser = client_of(luo_jianhua)
    page(browser)
    RoleGrant.objects.update(ends_at=at)
    assert browser.get(reverse("reports:completion")).status_code == 404


@pytest.mark.parametrize("query", [{"unit": "nope"}, {"unit": "\0"}, {"course": "nope"}, {"course": "1" * 40}])
def test_what_does_not_exist_is_not_found(query: dict[str, str], luo_jianhua: Person, client_of: Browser) -> None:
    assert client_of(luo_jianhua).get(reverse("reports:completion"), query).status_code == 404


def test_nonsense_asks_for_nothing(luo_jianhua: Person, client_of: Browser) -> None:
    browser = client_of(luo_jianhua)
    page(browser, "reports:people", state="x", page="x", required="x", direct="x")


def test_with_nothing_assigned_the_page_says_so(luo_jianhua: Person, client_of: Browser) -> None:
    assert "还没有指派学习任务" in page(client_of(luo_jianhua))
    assert "没有符合条件的人" in page(client_of(luo_jianhua), "reports:people")


def test_figures_stay_with_the_unit_of_the_day_and_names_move(
    chengguan: list[Person],
    hedong: list[Person],
    course: Course,
    put_under: Put,
    luo_jianhua: Person,
    cao_bin: Person,
    move: Callable[[Person, str], None],
    client_of: Browser,
    at: datetime,
) -> None:
    put_under(course, "YL", due=-1)
    before = total(luo_jianhua, at), total(cao_bin, at)
    move(chengguan[0], "YL1302")
    assert (total(luo_jianhua, at), total(cao_bin, at)) == before
    old, new = page(client_of(luo_jianhua), "reports:people"), page(client_of(cao_bin), "reports:people")
    assert "谢一" not in old
    assert "已调出 1 人" in old
    assert "谢一" in new
    assert "调入" in new
    assert "谢一" not in page(client_of(luo_jianhua))


def test_the_names_and_the_moved_make_up_the_figure(
    chengguan: list[Person],
    course: Course,
    put_under: Put,
    luo_jianhua: Person,
    move: Callable[[Person, str], None],
    at: datetime,
) -> None:
    put_under(course, "YL", due=-1)
    move(chengguan[0], "YL1302")
    scope = queries.units_in_scope(luo_jianhua)
    lines = queries.people(scope, Asked(), at)[0:100]
    stayed = [one for one in lines if not one.moved_in]
    assert total(luo_jianhua, at)[0] == len(stayed) + queries.moved_out(scope, Asked(), most=100)


def test_a_leaver_is_counted_and_not_named(
    chengguan: list[Person],
    course: Course,
    put_under: Put,
    luo_jianhua: Person,
    lin_xiaowen: Person,
    client_of: Browser,
    at: datetime,
) -> None:
    put_under(course, "YL1301", due=-1)
    people.leave(person=chengguan[0], ends_on=localdate(at), by=lin_xiaowen, at=at)
    html = page(client_of(luo_jianhua), "reports:people")
    assert "谢一" not in html
    assert "已调出 1 人" in html


def test_several_assignments_of_one_course_count_once_by_the_first_due(
    chengguan: list[Person], course: Course, put_under: Put, luo_jianhua: Person, at: datetime
) -> None:
    put_under(course, chengguan[0], due=None)
    put_under(course, chengguan[0], due=30, required=False)
    put_under(course, chengguan[0], due=-1)
    put_under(course, chengguan[0], due=-1)
    assert total(luo_jianhua, at) == (1, 0, 1)
    assert len(queries.people(queries.units_in_scope(luo_jianhua), Asked(), at)[0:100]) == 1


def test_required_only_leaves_the_free_ones_out(
    chengguan: list[Person],
    course: Course,
    other_course: Course,
    put_under: Put,
    luo_jianhua: Person,
    client_of: Browser,
    at: datetime,
) -> None:
    put_under(course, "YL1301", due=-3, required=False)
    put_under(course, chengguan[0], due=9)
    put_under(other_course, "YL1301", required=False)
    assert total(luo_jianhua, at, Asked(required=True)) == (1, 0, 0)
    assert names(page(client_of(luo_jianhua), "reports:people", required="1")) == {"谢一"}


def test_withdrawn_and_cancelled_tasks_are_not_counted(
    chengguan: list[Person], course: Course, other_course: Course, put_under: Put, luo_jianhua: Person, at: datetime
) -> None:
    withdraw(assignment=put_under(course, "YL1301"), by=None, at=at)
    put_under(other_course, chengguan[0])
    Enrolment.objects.filter(course=other_course).update(state=Enrolment.State.CANCELLED)
    assert total(luo_jianhua, at) == (0, 0, 0)


def test_a_course_of_its_own_can_be_chosen(
    chengguan: list[Person],
    course: Course,
    other_course: Course,
    put_under: Put,
    finish: Finish,
    luo_jianhua: Person,
    client_of: Browser,
) -> None:
    put_under(course, "YL1301")
    put_under(other_course, chengguan[0])
    finish(chengguan[0], other_course)
    html = page(client_of(luo_jianhua), course=str(other_course.uuid))
    assert stats(html)[:3] == ["100", "1", "1"]
    assert "触电急救（理论）" in html  # still offered
    assert names(page(client_of(luo_jianhua), "reports:people", course=str(other_course.uuid))) == {"谢一"}


def test_states_divide_the_names(
    chengguan: list[Person], course: Course, put_under: Put, finish: Finish, luo_jianhua: Person, client_of: Browser
) -> None:
    put_under(course, chengguan[0], due=-1)
    put_under(course, chengguan[1], due=5)
    put_under(course, chengguan[2], due=-5)
    finish(chengguan[2], course, ago=1)
    browser = client_of(luo_jianhua)
    seen = {
        state: names(page(browser, "reports:people", state=state)) for state in ("overdue", "open", "completed", "")
    }
    assert seen == {"overdue": {"谢一"}, "open": {"谢一", "谢二"}, "completed": {"谢三"}, "": {"谢一", "谢二", "谢三"}}
    assert "逾期完成" in page(browser, "reports:people", state="completed")


def test_overdue_begins_the_moment_after_the_due_date(
    chengguan: list[Person], course: Course, put_under: Put, luo_jianhua: Person, at: datetime
) -> None:
    put_under(course, chengguan[0], due=0)
    assert total(luo_jianhua, at) == (1, 0, 0)
    assert total(luo_jianhua, at + timedelta(seconds=1)) == (1, 0, 1)


def test_the_company_drills_down_to_a_station_and_to_names(
    chengguan: list[Person], hedong: list[Person], course: Course, put_under: Put, shen_hui: Person, client_of: Browser
) -> None:
    put_under(course, "YL", due=-1)
    browser = client_of(shen_hui)
    top = page(browser)
    assert "/desk/completion/people/?unit=YL1301" in top
    assert "/desk/completion/?unit=YL09" in top or "运维检修部" not in top
    assert names(page(browser, "reports:people", unit="YL1301")) == {"谢一", "谢二", "谢三", "谢四"}


def test_two_stations_are_two_lines(
    chengguan: list[Person],
    hedong: list[Person],
    course: Course,
    put_under: Put,
    luo_jianhua: Person,
    unit: Callable[[str], OrgUnit],
    client_of: Browser,
    at: datetime,
) -> None:
    RoleGrant.objects.create(
        person=luo_jianhua, role=Role.MANAGER, unit=unit("YL1302"), starts_at=at - timedelta(days=1)
    )
    put_under(course, "YL", due=-1)
    html = page(client_of(luo_jianhua))
    assert "unit=YL1301" in html
    assert "unit=YL1302" in html
    assert stats(html)[1] == "7"


def test_the_page_costs_five_statements_whatever_the_number_of_units_and_people(
    chengguan: list[Person],
    hedong: list[Person],
    course: Course,
    other_course: Course,
    put_under: Put,
    shen_hui: Person,
    client_of: Browser,
    statements: Callable[..., Any],
    make_person: Callable[..., Person],
    unit: Callable[[str], OrgUnit],
    at: datetime,
) -> None:
    browser = client_of(shen_hui)

    def own() -> int:
        """Statements about units, figures and names; session, user, roles and the bell are every page's."""
        deliver(at=at)
        with statements(at_most=14) as sent:
            page(browser)
        asked = [one["sql"] for one in sent.captured_queries]
        ours = ("records_assignedperson", "reports_rollup", 'FROM "people_orgunit"')
        return sum(any(table in sql for table in ours) for sql in asked)

    put_under(course, "YL", due=-1)
    few = own()
    for n in range(20):
        OrgUnit.objects.create(
            code=f"YL2{n:02d}", name=f"班{n}", kind="team", parent=unit("YL"), path=f"YL/YL2{n:02d}/"
        )
    put_under(other_course, "YL", due=-1)
    assert own() == few == 5


def test_the_names_cost_the_same_for_ten_and_for_a_hundred(
    chengguan: list[Person],
    course: Course,
    put_under: Put,
    luo_jianhua: Person,
    client_of: Browser,
    make_person: Callable[..., Person],
    statements: Callable[..., Any],
) -> None:
    for n in range(60):
        make_person(f"0040{n:04d}", f"众{n}", "YL1301")
    put_under(course, "YL1301", due=-1)
    browser = client_of(luo_jianhua)
    page(browser, "reports:people")
    with statements(at_most=14):
        page(browser, "reports:people")


def test_assignment_keeps_the_unit_of_the_day(
    chengguan: list[Person], course: Course, put_under: Put, unit: Callable[[str], OrgUnit]
) -> None:
    put_under(course, chengguan[0])
    assert AssignedPerson.objects.get().unit == unit("YL1301")
