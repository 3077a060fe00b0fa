"""What waits for a review that nobody may make is said where it waits, and to those who can grant the role."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cms.reviewers import unattended
from courses.models import CoursePage
from lms.people.enums import Role
from lms.people.models import OrgUnit, Person, RoleGrant
from tests.courses.review import decide, submit

pytestmark = pytest.mark.django_db


@pytest.fixture
def course(
    make_course: Any, tang_zhiyuan: Person, sun_guoqiang: Person, desk_of: Callable[[Person], Client]
) -> CoursePage:
    """Approved by its subject reviewer; nobody holds the role of the second step."""
    page: CoursePage = make_course(tang_zhiyuan, "触电急救")
    submit(page, tang_zhiyuan)
    decide(desk_of(sun_guoqiang), page, "approve")
    return page


def grant(person: Person, role: Role, unit: OrgUnit, at: datetime) -> None:
    RoleGrant.objects.create(person=person, role=role, unit=unit, starts_at=at - timedelta(days=1))


def editor(desk: Client, page: CoursePage) -> str:
    return desk.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).text


def test_the_author_reads_which_role_is_missing(desk_of: Any, course: CoursePage, tang_zhiyuan: Person) -> None:
    assert "没有可以审核的“合规审核人”" in editor(desk_of(tang_zhiyuan), course)


def test_nothing_is_missing_when_somebody_can_decide(
    desk_of: Any, course: CoursePage, tang_zhiyuan: Person, xu_ting: Person, at: datetime
) -> None:
    assert "没有可以审核的" not in editor(desk_of(tang_zhiyuan), course)
    assert unattended(within=OrgUnit.objects.all(), at=at) == []


def test_somebody_who_decided_the_first_step_or_wrote_it_does_not_count(
    course: CoursePage, tang_zhiyuan: Person, sun_guoqiang: Person, unit: Any, at: datetime
) -> None:
    for person in (tang_zhiyuan, sun_guoqiang):
        grant(person, Role.COMPLIANCE, unit("YL"), at)
    assert [waiting.title for waiting in unattended(within=OrgUnit.objects.all(), at=at)] == ["触电急救"]


@pytest.mark.parametrize("where", ["/", "/desk/people/"])
def test_who_grants_roles_is_told_on_the_first_page_and_beside_the_people(
    where: str, client_of: Any, course: CoursePage, admin: Person, li_zhendong: Person, unit: Any, at: datetime
) -> None:
    said = client_of(admin).get(where).text
    assert "触电急救" in said and "没有可以审核的人员" in said
    grant(li_zhendong, Role.COMPLIANCE, unit("YL"), at)
    assert "没有可以审核的人员" not in client_of(admin).get(where).text


def test_others_are_not_told(client_of: Any, course: CoursePage, li_zhendong: Person, lin_xiaowen: Person) -> None:
    assert "没有可以审核的人员" not in client_of(li_zhendong).get("/").text
    assert "没有可以审核的人员" not in client_of(lin_xiaowen).get("/desk/people/").text


def test_what_lies_outside_the_scope_is_not_named(course: CoursePage, unit: Any, at: datetime) -> None:
    assert unattended(within=OrgUnit.objects.filter(pk=unit("YL1301").pk), at=at) == []


def test_who_only_reviews_is_told_when_nothing_awaits(desk_of: Any, xu_ting: Person, sun_guoqiang: Person) -> None:
    assert "暂无等待您审核的内容" in desk_of(xu_ting).get(reverse("wagtailadmin_home")).text


def test_it_is_not_said_while_something_awaits(
    desk_of: Any, make_course: Any, tang_zhiyuan: Person, sun_guoqiang: Person
) -> None:
    submit(make_course(tang_zhiyuan), tang_zhiyuan)
    assert "暂无等待您审核的内容" not in desk_of(sun_guoqiang).get(reverse("wagtailadmin_home")).text
