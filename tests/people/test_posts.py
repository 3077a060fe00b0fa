"""Joining, moving and leaving."""

from datetime import date, datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from lms.journal.models import Entry
from lms.people import access, actions
from lms.people.access import Perm
from lms.people.enums import Employment, PositionFamily, PostStatus, Role, UnitKind
from lms.people.models import OrgUnit, Person, Position
from lms.people.passwords import DEMO_PASSWORD
from lms.people.queries import current_post, people_in
from lms.people.refusals import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def position(db: None) -> Position:
    return Position.objects.create(code="P07", name="台区经理", family=PositionFamily.SKILLED)


def join(unit: OrgUnit, position: Position, at: datetime, **more: Any) -> Person:
    facts: dict[str, Any] = {"staff_no": "00120077", "name": "杨柳", "employment": Employment.SERVICE_COMPANY}
    return actions.join(**{**facts, **more}, unit=unit, position=position, starts_on=date(2026, 10, 1), by=None, at=at)


def test_joining_opens_a_post_and_is_announced(unit: Any, position: Position, at: datetime) -> None:
    person = join(unit("YL1301"), position, at)
    post = current_post(person)
    assert post is not None
    assert (post.unit.code, post.position, post.starts_on) == ("YL1301", position, date(2026, 10, 1))
    assert not person.has_usable_password()
    assert not person.is_external
    entry = Entry.objects.get(kind="person-joined")
    assert (entry.about_person, entry.unit) == (person.pk, unit("YL1301").pk)


@pytest.mark.parametrize("employment", [Employment.CONTRACTOR, Employment.INTERN])
def test_contractors_and_interns_are_counted_apart(
    unit: Any, position: Position, at: datetime, employment: Employment
) -> None:
    assert join(unit("YLW01"), position, at, employment=employment).is_external


def test_a_number_is_given_once_whatever_its_case(unit: Any, position: Position, at: datetime) -> None:
    join(unit("YLW01"), position, at, staff_no="w01")
    with pytest.raises(IntegrityError), transaction.atomic():
        join(unit("YLW01"), position, at, staff_no="W01")


@pytest.mark.parametrize("number", ["", " 1", "12/3", "中1", "1" * 33, "-1"])
def test_odd_numbers_are_refused(unit: Any, position: Position, at: datetime, number: str) -> None:
    with pytest.raises(Refused):
        join(unit("YLW01"), position, at, staff_no=number)


def test_nobody_joins_with_the_demo_password_outside_the_demo(
    unit: Any, position: Position, at: datetime, settings: Any
) -> None:
    settings.DEMO = False
    with pytest.raises(Refused):
        join(unit("YL1301"), position, at, password=DEMO_PASSWORD)


def test_moving_closes_one_post_and_opens_the_next(
    li_zhendong: Person, unit: Any, position: Position, at: datetime
) -> None:
    actions.move(
        person=li_zhendong, unit=unit("YL1302"), position=position, starts_on=date(2026, 11, 1), by=None, at=at
    )
    old, new = li_zhendong.posts.order_by("starts_on")
    assert (old.ends_on, new.starts_on, new.ends_on) == (date(2026, 11, 1), date(2026, 11, 1), None)
    entry = Entry.objects.get(kind="person-moved")
    assert entry.payload == {
        "from_unit": old.unit_id,
        "from_position": old.position_id,
        "to_unit": new.unit_id,
        "to_position": position.pk,
    }
    assert not people_in(OrgUnit.objects.filter(code="YL0901")).filter(pk=li_zhendong.pk).exists()


def test_moving_to_the_same_post_changes_nothing(li_zhendong: Person, at: datetime) -> None:
    post = current_post(li_zhendong)
    assert post is not None
    again = actions.move(
        person=li_zhendong, unit=post.unit, position=post.position, starts_on=date(2026, 11, 1), by=None, at=at
    )
    assert again == post
    assert not Entry.objects.filter(kind="person-moved").exists()


def test_nobody_moves_to_before_the_present_post(
    li_zhendong: Person, unit: Any, position: Position, at: datetime
) -> None:
    with pytest.raises(Refused, match="不能早于现岗位"):
        actions.move(
            person=li_zhendong, unit=unit("YL1302"), position=position, starts_on=date(2023, 1, 1), by=None, at=at
        )


def test_a_manager_who_moves_loses_the_old_unit_and_keeps_what_holds_both(
    luo_jianhua: Person, unit: Any, position: Position, at: datetime
) -> None:
    actions.grant_role(person=luo_jianhua, role=Role.TRAINER, unit=unit("YL"), by=None, at=at)
    assert access.can(luo_jianhua, Perm.RECORDS_VIEW, within=unit("YL1301"))
    actions.move(person=luo_jianhua, unit=unit("YL1302"), position=position, starts_on=at.date(), by=None, at=at)
    assert not access.can(luo_jianhua, Perm.RECORDS_VIEW)
    assert access.can(luo_jianhua, Perm.COURSES_EDIT)
    assert Entry.objects.get(kind="role-revoked").payload["role"] == Role.MANAGER


def test_leaving_ends_post_roles_and_log_in_but_deletes_nothing(
    luo_jianhua: Person, client_of: Any, at: datetime
) -> None:
    browser = client_of(luo_jianhua)
    actions.leave(person=luo_jianhua, ends_on=date(2026, 11, 20), by=None, at=at)
    luo_jianhua.refresh_from_db()
    assert (luo_jianhua.is_active, luo_jianhua.post_status) == (False, PostStatus.OFF_POST)
    assert current_post(luo_jianhua) is None
    assert luo_jianhua.posts.count() == luo_jianhua.grants.count() == 1
    assert browser.get("/notices/").status_code == 302
    assert Entry.objects.filter(kind="person-left", about_person=luo_jianhua.pk).exists()


def test_who_left_comes_back_by_a_move(li_zhendong: Person, unit: Any, position: Position, at: datetime) -> None:
    actions.leave(person=li_zhendong, ends_on=date(2026, 1, 1), by=None, at=at)
    actions.move(
        person=li_zhendong, unit=unit("YL1302"), position=position, starts_on=date(2026, 6, 1), by=None, at=at
    )
    li_zhendong.refresh_from_db()
    assert (li_zhendong.is_active, li_zhendong.post_status) == (True, PostStatus.ON_POST)
    assert not Person.objects.get(pk=li_zhendong.pk).grants.exists()


def test_units_hang_in_a_tree_of_paths(at: datetime) -> None:
    def place(code: str, parent: OrgUnit | None, name: str = "") -> OrgUnit:
        return actions.place_unit(
            code=code, name=name or code, kind=UnitKind.DEPARTMENT, parent=parent, by=None, at=at
        )

    root = place("YL", None)
    east, west = place("YL01", root), place("YL02", root)
    team = place("YL0101", east)
    assert (team.path, team.depth) == ("YL/YL01/YL0101/", 2)
    place("YL01", west, name="东部")
    team.refresh_from_db()
    assert team.path == "YL/YL02/YL01/YL0101/"
    assert list(OrgUnit.objects.below(west).values_list("code", flat=True)) == ["YL02", "YL01", "YL0101"]
    with pytest.raises(Refused, match="自己的下级"):
        place("YL02", team)
    with pytest.raises(Refused, match="单位编码"):
        place("yl/03", root)
