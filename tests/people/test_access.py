"""The only gate: who may do what, where, today."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser

from lms.people import access, actions
from lms.people.access import GRANTED, Perm
from lms.people.enums import Role
from lms.people.models import OrgUnit, Person, RoleGrant

pytestmark = pytest.mark.django_db


def codes(person: Person, perm: str, **at: Any) -> set[str]:
    return set(access.scope(person, perm, **at).values_list("code", flat=True))


@pytest.fixture
def tree(unit: Any) -> None:
    for code in ("YL0901", "YL11", "YL1301", "YL1302"):
        unit(code)


def test_the_manager_of_one_station_sees_nothing_of_the_other(
    tree: None, luo_jianhua: Person, cao_bin: Person, unit: Any
) -> None:
    assert codes(luo_jianhua, Perm.RECORDS_VIEW) == {"YL1301"}
    assert codes(cao_bin, Perm.RECORDS_VIEW) == {"YL1302"}
    assert access.can(luo_jianhua, Perm.RECORDS_VIEW, within=unit("YL1301"))
    assert not access.can(luo_jianhua, Perm.RECORDS_VIEW, within=unit("YL1302"))
    assert not access.can(luo_jianhua, Perm.RECORDS_VIEW, within=unit("YL"))


def test_a_grant_reaches_everything_below_its_unit(tree: None, make_person: Any, unit: Any) -> None:
    head = make_person("00120030", "主任", "YL09", Role.MANAGER)
    assert codes(head, Perm.RECORDS_VIEW) == {"YL09", "YL0901"}


def test_a_code_that_begins_like_another_is_not_below_it(tree: None, make_person: Any, unit: Any) -> None:
    root = unit("YL")
    near = OrgUnit.objects.create(code="YL0", name="近", kind="department", parent=root, path="YL/YL0/")
    head = make_person("00120030", "主任", "YL09", Role.MANAGER)
    RoleGrant.objects.create(person=head, role=Role.EXAMINER, unit=near, starts_at=head.grants.get().starts_at)
    assert codes(head, Perm.EXAMS_MANAGE) == {"YL0"}


@pytest.mark.parametrize(("hours", "open_"), [(-1, False), (0, True), (5, True), (10, False), (11, False)])
def test_a_dated_grant_counts_from_its_start_until_before_its_end(
    tree: None, li_zhendong: Person, unit: Any, at: datetime, hours: int, open_: bool
) -> None:
    RoleGrant.objects.create(
        person=li_zhendong, role=Role.MANAGER, unit=unit("YL1301"), starts_at=at, ends_at=at + timedelta(hours=10)
    )
    then = at + timedelta(hours=hours)
    assert access.can(li_zhendong, Perm.RECORDS_VIEW, at=then) is open_
    assert codes(li_zhendong, Perm.RECORDS_VIEW, at=then) == ({"YL1301"} if open_ else set())


def test_without_a_date_the_clock_of_the_doors_decides(
    tree: None, li_zhendong: Person, unit: Any, at: datetime, move_clock: Any
) -> None:
    actions.grant_role(
        person=li_zhendong, role=Role.MANAGER, unit=unit("YL1301"), by=None, at=at, ends_at=at + timedelta(hours=1)
    )
    assert access.can(li_zhendong, Perm.RECORDS_VIEW)
    move_clock(3700)
    assert not access.can(li_zhendong, Perm.RECORDS_VIEW)


def test_revoked_is_over_on_the_next_request(
    tree: None, lin_xiaowen: Person, admin: Person, client_of: Any, at: datetime
) -> None:
    browser = client_of(lin_xiaowen)
    assert browser.get("/desk/people/").status_code == 200
    actions.revoke_role(grant=lin_xiaowen.grants.get(), by=admin, at=at)
    assert browser.get("/desk/people/").status_code == 404


def test_two_grants_of_different_roles_do_not_lend_each_other_their_units(
    tree: None, luo_jianhua: Person, unit: Any, at: datetime
) -> None:
    actions.grant_role(person=luo_jianhua, role=Role.EXAMINER, unit=unit("YL1302"), by=None, at=at)
    assert codes(luo_jianhua, Perm.RECORDS_VIEW) == {"YL1301"}
    assert codes(luo_jianhua, Perm.EXAMS_MANAGE) == {"YL1302"}


def test_the_inactive_and_the_anonymous_may_nothing(tree: None, luo_jianhua: Person, unit: Any) -> None:
    luo_jianhua.is_active = False
    for somebody in (luo_jianhua, AnonymousUser()):
        assert not access.can(somebody, Perm.RECORDS_VIEW, within=unit("YL1301"))
        assert not access.scope(somebody, Perm.RECORDS_VIEW).exists()


def test_every_role_grants_something_and_no_role_grants_audit_and_system_together() -> None:
    assert set(GRANTED) == set(Role)
    assert all(GRANTED.values())
    assert not any({Perm.AUDIT_READ, Perm.SYSTEM_VIEW} <= perms for perms in GRANTED.values())


def test_a_question_and_a_scope_cost_one_statement_each(
    tree: None, luo_jianhua: Person, unit: Any, statements: Any
) -> None:
    station = unit("YL1301")
    with statements(at_most=1):
        access.can(luo_jianhua, Perm.RECORDS_VIEW, within=station)
    with statements(at_most=1):
        list(access.scope(luo_jianhua, Perm.RECORDS_VIEW))
