"""Lists of a large company: in portions, complete, in order, and at the price of a portion."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from courses.models import Course
from lms.journal.actions import deliver
from lms.people.models import Person
from lms.records.models import AssignedPerson, Assignment
from lms.reports import portions, queries
from lms.reports.figures import Asked
from lms.reports.portions import Chain, Portions

Browser = Callable[[Person], Client]
Put = Callable[..., Assignment]
VIEWS = ["completion", "people", "pressing", "trend", "grid", "saved", "export"]
BUDGET = {"completion": 11, "people": 15, "pressing": 15, "trend": 10, "grid": 10, "saved": 8, "export": 13}


def shown(browser: Client, view: str, **query: str) -> str:
    response = browser.get(reverse(f"reports:{view}"), query)
    assert response.status_code == 200
    return response.getvalue().decode(errors="replace")


@pytest.mark.parametrize("view", VIEWS)
def test_a_view_costs_the_same_for_few_and_for_many(
    view: str, chengguan: list[Person], hedong: list[Person], course: Course, other_course: Course, put_under: Put,
    shen_hui: Person, make_person: Callable[..., Person], client_of: Browser, statements: Callable[..., Any],
    at: datetime,
) -> None:  # fmt: skip
    browser = client_of(shen_hui)

    def spent() -> int:
        deliver(at=at)
        shown(browser, view, unit="YL")
        with statements(at_most=BUDGET[view]) as sent:
            shown(browser, view, unit="YL")
        return len(sent.captured_queries)

    put_under(course, "YL", due=-1)
    few = spent()
    for number in range(60):
        make_person(f"0040{number:04d}", f"众{number}", "YL1301")
    put_under(other_course, "YL", due=3)
    assert spent() == few


@pytest.mark.parametrize("few", [0, 20_000])
@pytest.mark.parametrize("named", [0, 300])
def test_names_come_open_first_and_each_once_whatever_way_the_database_is_asked(
    few: int, named: int, chengguan: list[Person], hedong: list[Person], course: Course, other_course: Course,
    put_under: Put, finish: Callable[..., None], shen_hui: Person, at: datetime, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr("lms.reports.here.FEW", few)
    monkeypatch.setattr("lms.reports.here.UNITS", named)
    monkeypatch.setattr("lms.reports.here.AT_ONCE", 3)
    monkeypatch.setattr("lms.reports.queries.TASKS", 2)
    put_under(course, "YL", due=-1)
    put_under(other_course, "YL", due=None)
    finish(chengguan[0], course, ago=5)
    finish(hedong[0], other_course, ago=5)
    scope = queries.around(shen_hui, "")[0]
    found = queries.people(scope, Asked(), at)
    apart = [line for start in range(0, 20, 3) for line in found[start : start + 3]]
    assert len(apart) == AssignedPerson.objects.count() == portions.reach(found, 100)
    assert len({(line.staff_no, line.title) for line in apart}) == len(apart)
    assert [line.done for line in apart] == sorted(line.done for line in apart)
    dues = [line.due_at for line in apart if not line.done]
    assert dues == sorted(dues, key=lambda due: (due is None, due))
    assert list(queries.everybody(scope, Asked(), at)) == apart
    for state in queries.STATES:
        asked = Asked(state=state)
        assert list(queries.everybody(scope, asked, at)) == queries.people(scope, asked, at)[0:100]


def test_a_list_ends_somewhere_and_says_so(
    chengguan: list[Person], course: Course, put_under: Put, luo_jianhua: Person, client_of: Browser,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    put_under(course, "YL1301", due=-1)
    browser = client_of(luo_jianhua)
    assert "此处仅列出" not in shown(browser, "people")
    monkeypatch.setattr("lms.reports.portions.MOST", 3)
    for view in ("people", "grid", "pressing"):
        assert "此处仅列出前 3 项" in shown(browser, view)


def test_a_chain_of_nothing_has_one_empty_page(db: None) -> None:
    page = Portions(Chain(AssignedPerson.objects.none()), 10).get_page("7")
    assert (list(page), page.paginator.count, page.paginator.num_pages) == ([], 0, 1)
