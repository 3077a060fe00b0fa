"""Trend, people × courses, paper and saved filters: the same units, the same scope as the figures."""

from collections.abc import Callable
from datetime import datetime, timedelta
from io import BytesIO

import pypdfium2
import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate

from courses.models import Course
from lms.journal.actions import deliver
from lms.people.models import Person
from lms.records.models import Assignment
from lms.reports import grid, queries
from lms.reports.chart import chart
from lms.reports.figures import Asked
from lms.reports.grid import Mark
from lms.reports.models import SavedFilter
from lms.reports.trend import Week, trend

Browser = Callable[[Person], Client]
Put = Callable[..., Assignment]
Finish = Callable[..., None]


def page(browser: Client, view: str, **query: str) -> str:
    response = browser.get(reverse(f"reports:{view}"), query)
    assert response.status_code == 200
    return response.content.decode()


def weeks(viewer: Person, at: datetime, asked: Asked | None = None) -> list[Week]:
    return trend(queries.around(viewer, "")[0], asked or Asked(), at)


def test_the_trend_says_what_stood_at_the_end_of_each_week_folded_or_not(
    chengguan: list[Person], hedong: list[Person], course: Course, put_under: Put, finish: Finish,
    luo_jianhua: Person, at: datetime,
) -> None:  # fmt: skip
    put_under(course, "YL", due=-1)  # assigned 30 days ago
    finish(chengguan[0], course, ago=15)
    finish(chengguan[1], course, ago=0)
    finish(hedong[0], course, ago=15)
    mondays = [localdate(at - timedelta(days=days)) for days in (30, 15, 0)]
    mondays = [day - timedelta(days=day.weekday()) for day in mondays]
    for _ in range(2):
        by_week = {week.monday: (week.assigned, week.completed, week.percent) for week in weeks(luo_jianhua, at)}
        assert by_week[mondays[0]] == (5, 0, 0)
        assert by_week[mondays[1]] == (5, 1, 20)
        assert by_week[mondays[2]] == (5, 2, 40)
        assert list(by_week) == sorted(by_week)
        deliver(at=at)


def test_nobody_stands_above_all_or_before_the_assignment(
    chengguan: list[Person], course: Course, put_under: Put, finish: Finish, luo_jianhua: Person, at: datetime
) -> None:
    put_under(course, chengguan[0])
    finish(chengguan[0], course, ago=200)
    deliver(at=at)
    assert {week.percent for week in weeks(luo_jianhua, at)} == {100}
    assert weeks(luo_jianhua, at, Asked(required=True))[-1].assigned == 1


def test_a_line_keeps_within_its_drawing() -> None:
    drawn = chart([0, 50, 100])
    assert [point.y for point in drawn.points] == [rule.y for rule in drawn.rules]
    assert all(drawn.left <= point.x <= drawn.width for point in drawn.points)
    assert len(chart([7]).points) == 1


def test_the_grid_shows_how_everybody_stands_with_every_course(
    chengguan: list[Person], hedong: list[Person], course: Course, other_course: Course, put_under: Put,
    finish: Finish, luo_jianhua: Person, at: datetime, client_of: Browser,
) -> None:  # fmt: skip
    put_under(course, "YL1301", due=-2)
    put_under(other_course, chengguan[1], due=9)
    put_under(other_course, hedong[0], due=9)
    finish(chengguan[0], course, ago=1)
    finish(chengguan[2], course, ago=5)
    here = queries.within(queries.around(luo_jianhua, "")[0], Asked())
    courses, lines = grid.lines(list(grid.people(here, Asked())), Asked(), at)
    assert [one.title for one in courses] == ["营业厅服务规范", "触电急救（理论）"]
    marks = {line.name: list(line.marks) for line in lines}
    assert marks["谢一"] == [None, Mark.LATE]
    assert marks["谢二"] == [Mark.OPEN, Mark.OVERDUE]
    assert marks["谢三"] == [None, Mark.DONE]
    assert "彭一" not in marks
    html = page(client_of(luo_jianhua), "grid")
    assert html.count("mark-overdue") == 4  # 谢二, 谢四, 罗建华, and the legend
    one = page(client_of(luo_jianhua), "grid", course=str(other_course.uuid))
    assert "谢二" in one
    assert "谢一" not in one


@pytest.mark.parametrize("view", ["pressing", "trend", "grid", "paper", "saved"])
def test_every_view_has_the_scope_of_the_figures(
    view: str, chengguan: list[Person], hedong: list[Person], course: Course, put_under: Put, luo_jianhua: Person,
    li_zhendong: Person, client_of: Browser,
) -> None:  # fmt: skip
    put_under(course, "YL", due=-1)
    address = reverse(f"reports:{view}")
    assert client_of(li_zhendong).get(address).status_code == 404
    for foreign in ({"unit": "YL1302"}, {"unit": "YL"}, {"unit": "\0"}, {"course": "x"}):
        assert client_of(luo_jianhua).get(address, foreign).status_code == 404


@pytest.mark.parametrize("view", ["trend", "grid"])
def test_with_nothing_assigned_a_view_says_so(view: str, luo_jianhua: Person, client_of: Browser) -> None:
    assert "还没有指派学习任务" in page(client_of(luo_jianhua), view)


@pytest.mark.once
def test_the_figures_print_on_paper(
    chengguan: list[Person], course: Course, put_under: Put, finish: Finish, shen_hui: Person, client_of: Browser
) -> None:
    put_under(course, "YL", due=-2)
    finish(chengguan[0], course, ago=5)
    response = client_of(shen_hui).get(reverse("reports:paper"))
    assert response["Content-Type"] == "application/pdf"
    document = pypdfium2.PdfDocument(BytesIO(response.getvalue()))
    text = document[0].get_textpage().get_text_bounded()
    for word in ("云岭县供电公司", "城关供电所", "触电急救", "完成率"):
        assert word in text


def test_a_filter_is_kept_used_replaced_and_deleted(luo_jianhua: Person, client_of: Browser) -> None:
    browser = client_of(luo_jianhua)
    address = reverse("reports:saved") + "?unit=YL1301&required=1&state=overdue&view=people"
    for _ in range(2):
        assert browser.post(address, {"name": "  本所  逾期 "}).status_code == 302
    kept = SavedFilter.objects.get()
    assert (kept.name, kept.person) == ("本所 逾期", luo_jianhua)
    html = page(browser, "saved")
    assert 'href="/desk/completion/people/?unit=YL1301&amp;required=1&amp;state=overdue"' in html
    assert browser.post(reverse("reports:delete_saved", args=[kept.uuid])).status_code == 302
    assert not SavedFilter.objects.exists()


def test_a_filter_is_its_owners_alone(luo_jianhua: Person, cao_bin: Person, client_of: Browser) -> None:
    client_of(luo_jianhua).post(reverse("reports:saved"), {"name": "我的班组"})
    kept = SavedFilter.objects.get()
    other = client_of(cao_bin)
    assert "我的班组" not in page(other, "saved")
    assert other.post(reverse("reports:delete_saved", args=[kept.uuid])).status_code == 404
    assert SavedFilter.objects.exists()


@pytest.mark.parametrize(("name", "said"), [("  ", "请填写名称"), ("长" * 41, "40 个字")])
def test_a_name_that_cannot_be_kept_is_answered_with_a_sentence(
    name: str, said: str, luo_jianhua: Person, client_of: Browser
) -> None:
    response = client_of(luo_jianhua).post(reverse("reports:saved"), {"name": name})
    assert response.status_code == 422
    assert said in response.content.decode()
    assert not SavedFilter.objects.exists()


def test_twenty_filters_are_enough(luo_jianhua: Person, client_of: Browser) -> None:
    browser = client_of(luo_jianhua)
    answers = [browser.post(reverse("reports:saved"), {"name": f"筛选{n}"}).status_code for n in range(21)]
    assert answers == [302] * 20 + [422]
    assert browser.post(reverse("reports:saved"), {"name": "筛选7"}).status_code == 302
