"""What happens to an account is told to its owner."""

from datetime import datetime

import pytest
from django.contrib.auth import authenticate

from lms.journal.actions import deliver
from lms.journal.models import Delivery
from lms.kernel import clock
from lms.notices.models import Notice
from lms.people import actions
from lms.people.models import Person
from tests.conftest import PASSWORD

pytestmark = pytest.mark.django_db


def told(person: Person) -> list[str]:
    deliver(at=clock.now())
    return list(Notice.objects.filter(person=person).order_by("pk").values_list("kind", flat=True))


def test_the_owner_hears_of_a_one_time_password_and_of_a_change(
    li_zhendong: Person, lin_xiaowen: Person, at: datetime
) -> None:
    actions.issue_password(person=li_zhendong, by=lin_xiaowen, at=at)
    actions.change_password(person=li_zhendong, password=PASSWORD, by=li_zhendong, at=at)
    assert told(li_zhendong) == ["password_issued", "password_changed"]
    assert told(lin_xiaowen) == []


def test_a_lock_is_told_to_who_has_the_number_and_to_nobody_else(li_zhendong: Person) -> None:
    for number in (li_zhendong.staff_no, "00999999"):
        for _ in range(6):
            authenticate(None, username=number, password="Wrong-Horse-7")
    assert told(li_zhendong) == ["login_locked"]
    assert Notice.objects.count() == 1


def test_hearing_twice_tells_once(li_zhendong: Person, at: datetime) -> None:
    actions.issue_password(person=li_zhendong, by=None, at=at)
    assert told(li_zhendong) == ["password_issued"]
    Delivery.objects.update(state=Delivery.State.PENDING)
    assert told(li_zhendong) == ["password_issued"]
