"""Granting roles, and keeping duties apart."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from lms.journal.models import Entry
from lms.people import access, actions
from lms.people.access import Perm
from lms.people.enums import Role
from lms.people.models import Person, RoleGrant
from lms.people.refusals import Refused
from lms.people.tasks import expire_grants

pytestmark = pytest.mark.django_db


def groups(person: Person) -> set[str]:
    return set(person.groups.values_list("name", flat=True))


def test_trainers_and_reviewers_enter_their_group_with_the_grant(
    li_zhendong: Person, admin: Person, unit: Any, at: datetime
) -> None:
    grant = actions.grant_role(person=li_zhendong, role=Role.TRAINER, unit=unit("YL"), by=admin, at=at)
    actions.grant_role(person=li_zhendong, role=Role.REVIEWER, unit=unit("YL"), by=admin, at=at)
    actions.grant_role(person=li_zhendong, role=Role.EXAMINER, unit=unit("YL"), by=admin, at=at)
    assert groups(li_zhendong) == {"trainer", "reviewer"}
    actions.revoke_role(grant=grant, by=admin, at=at)
    assert groups(li_zhendong) == {"reviewer"}
    kinds = list(Entry.objects.filter(about_person=li_zhendong.pk).values_list("kind", flat=True))
    assert kinds == ["role-granted"] * 3 + ["role-revoked"]


def test_a_second_grant_elsewhere_keeps_the_group(li_zhendong: Person, admin: Person, unit: Any, at: datetime) -> None:
    first = actions.grant_role(person=li_zhendong, role=Role.TRAINER, unit=unit("YL09"), by=admin, at=at)
    actions.grant_role(person=li_zhendong, role=Role.TRAINER, unit=unit("YL11"), by=admin, at=at)
    actions.revoke_role(grant=first, by=admin, at=at)
    assert groups(li_zhendong) == {"trainer"}


def test_granting_again_changes_only_the_end(li_zhendong: Person, admin: Person, unit: Any, at: datetime) -> None:
    end = at + timedelta(days=30)
    first = actions.grant_role(person=li_zhendong, role=Role.MANAGER, unit=unit("YL09"), by=admin, at=at)
    again = actions.grant_role(person=li_zhendong, role=Role.MANAGER, unit=unit("YL09"), by=admin, at=at, ends_at=end)
    assert first == again
    assert RoleGrant.objects.get(person=li_zhendong).ends_at == end


def test_a_sweep_follows_grants_that_ended_or_began_by_date(
    li_zhendong: Person, deng_min: Person, admin: Person, unit: Any, at: datetime, move_clock: Any
) -> None:
    actions.grant_role(
        person=li_zhendong, role=Role.TRAINER, unit=unit("YL"), by=admin, at=at, ends_at=at + timedelta(hours=1)
    )
    assert groups(li_zhendong) == {"trainer"}
    move_clock(2 * 3600)
    expire_grants()
    assert groups(li_zhendong) == set()
    assert groups(deng_min) == {"trainer"}
    assert actions.expire_grants(at=at + timedelta(hours=3)) == 0


def test_nobody_gives_or_takes_own_roles(admin: Person, unit: Any, at: datetime) -> None:
    for role in Role:
        with pytest.raises(Refused, match="自己的角色"):
            actions.grant_role(person=admin, role=role, unit=unit("YL"), by=admin, at=at)
    with pytest.raises(Refused, match="自己的角色"):
        actions.revoke_role(grant=admin.grants.get(), by=admin, at=at)


def test_a_role_does_not_end_in_the_past(li_zhendong: Person, unit: Any, at: datetime) -> None:
    with pytest.raises(Refused, match="截止日期"):
        actions.grant_role(person=li_zhendong, role=Role.MANAGER, unit=unit("YL"), by=None, at=at, ends_at=at)


@pytest.mark.parametrize("act", ["issue_password", "unlock", "deactivate", "reactivate", "end_sessions"])
class TestDutiesStayApart:
    def refused(self, act: str, person: Person, by: Person, at: datetime, match: str) -> None:
        with pytest.raises(Refused, match=match):
            getattr(actions, act)(person=person, by=by, at=at)

    def test_who_keeps_the_system_cannot_take_over_the_audit(
        self, act: str, admin: Person, auditor: Person, lin_xiaowen: Person, at: datetime
    ) -> None:
        self.refused(act, auditor, admin, at, "审计人员")
        getattr(actions, act)(person=auditor, by=lin_xiaowen, at=at)

    def test_who_administers_training_cannot_take_over_the_system(
        self, act: str, admin: Person, lin_xiaowen: Person, at: datetime
    ) -> None:
        self.refused(act, admin, lin_xiaowen, at, "系统管理员")

    def test_nobody_handles_the_own_account(self, act: str, lin_xiaowen: Person, at: datetime) -> None:
        self.refused(act, lin_xiaowen, lin_xiaowen, at, "自己的账号")


def test_the_console_may_always(admin: Person, at: datetime) -> None:
    assert actions.issue_password(person=admin, by=None, at=at)


def test_permissions_for_menus_are_those_of_valid_grants(
    lin_xiaowen: Person, li_zhendong: Person, at: datetime
) -> None:
    assert Perm.PEOPLE_IMPORT in access.permissions(lin_xiaowen, at=at)
    assert access.permissions(li_zhendong, at=at) == frozenset()
