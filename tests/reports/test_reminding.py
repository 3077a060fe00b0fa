"""Reminding: once per person and day, whoever presses, however often, and only whom one may."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from courses.models import Course
from lms.kernel import clock
from lms.notices.actions import send_due_mail
from lms.notices.models import Notice
from lms.people.enums import Role
from lms.people.models import OrgUnit, Person, PostAssignment
from lms.records.models import Assignment
from lms.reports.views import reminders

Browser = Callable[[Person], Client]
Put = Callable[..., Assignment]


def press(browser: Client, person: Person, **sent: str) -> int:
    return browser.post(reverse("reports:remind", args=[person.uuid]), sent).status_code


def reminded() -> list[str]:
    return sorted(Notice.objects.filter(kind="reminder").values_list("person__name", flat=True))


def test_one_tap_reminds_in_the_app_and_by_mail(
    chengguan: list[Person], course: Course, put_under: Put, luo_jianhua: Person, client_of: Browser
) -> None:
    Person.objects.filter(pk=chengguan[0].pk).update(email="xie@example.com")
    put_under(course, "YL1301", due=-1)
    browser = client_of(luo_jianhua)
    assert press(browser, chengguan[0]) == 302
    assert reminded() == ["谢一"]
    send_due_mail(at=clock.now())
    assert [message.to for message in mail.outbox] == [["xie@example.com"]]
    assert "今日已提醒" in browser.get(reverse("reports:completion")).content.decode()


def test_pressing_again_reminds_nobody_twice_that_day(
    chengguan: list[Person],
    course: Course,
    put_under: Put,
    luo_jianhua: Person,
    lin_xiaowen: Person,
    client_of: Browser,
    move_clock: Callable[[float], None],
) -> None:
    put_under(course, "YL1301", due=-1)
    for manager in (luo_jianhua, luo_jianhua, lin_xiaowen):
        press(client_of(manager), chengguan[0])
    assert reminded() == ["谢一"]
    move_clock(24 * 3600)
    press(client_of(luo_jianhua), chengguan[0])
    assert reminded() == ["谢一", "谢一"]


def test_only_people_of_todays_scope_can_be_reminded(
    chengguan: list[Person],
    course: Course,
    put_under: Put,
    luo_jianhua: Person,
    cao_bin: Person,
    li_zhendong: Person,
    unit: Callable[[str], OrgUnit],
    client_of: Browser,
) -> None:
    put_under(course, "YL1301", due=-1)
    assert press(client_of(cao_bin), chengguan[0]) == 404
    assert press(client_of(li_zhendong), chengguan[0]) == 404
    PostAssignment.objects.filter(person=chengguan[0]).update(unit=unit("YL1302"))
    assert press(client_of(luo_jianhua), chengguan[0]) == 404
    assert press(client_of(cao_bin), chengguan[0]) == 302
    assert client_of(luo_jianhua).get(reverse("reports:remind", args=[chengguan[1].uuid])).status_code == 405


def test_the_auditor_sees_and_may_not_remind(
    chengguan: list[Person], course: Course, put_under: Put, auditor: Person, client_of: Browser
) -> None:
    put_under(course, "YL1301", due=-1)
    browser = client_of(auditor)
    html = browser.get(reverse("reports:people"), {"unit": "YL1301"}).content.decode()
    assert "谢一" in html
    assert "/remind/" not in html
    assert press(browser, chengguan[0]) == 403
    refused = browser.post(reverse("reports:remind_overdue"))
    assert refused.status_code == 403
    assert "只有本单位的" in refused.content.decode()
    assert reminded() == []


def test_all_overdue_are_reminded_with_one_press(
    chengguan: list[Person],
    hedong: list[Person],
    course: Course,
    other_course: Course,
    put_under: Put,
    luo_jianhua: Person,
    client_of: Browser,
) -> None:
    put_under(course, chengguan[0], due=-1)
    put_under(other_course, chengguan[0], due=-1)
    put_under(course, chengguan[1], due=-1)
    put_under(course, chengguan[2], due=5)
    put_under(course, hedong[0], due=-1)
    browser = client_of(luo_jianhua)
    for _ in range(2):
        browser.post(reverse("reports:remind_overdue"))
    assert reminded() == ["谢一", "谢二"]


def test_reminding_all_follows_what_the_page_shows(
    chengguan: list[Person],
    hedong: list[Person],
    course: Course,
    other_course: Course,
    put_under: Put,
    shen_hui: Person,
    client_of: Browser,
) -> None:
    put_under(course, "YL", due=-1)
    put_under(other_course, chengguan[0], due=-1)
    browser = client_of(shen_hui)
    browser.post(reverse("reports:remind_overdue"), {"unit": "YL1301", "course": str(other_course.uuid)})
    assert reminded() == ["谢一"]
    browser.post(reverse("reports:remind_overdue"), {"unit": "YL1302"})
    assert reminded() == ["彭一", "彭二", "谢一"]
    assert browser.post(reverse("reports:remind_overdue"), {"unit": "YL99"}).status_code == 404


def test_a_company_is_reminded_in_portions(
    chengguan: list[Person],
    course: Course,
    put_under: Put,
    luo_jianhua: Person,
    client_of: Browser,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(reminders, "MOST_AT_ONCE", 3)
    put_under(course, "YL1301", due=-1)
    browser = client_of(luo_jianhua)
    page = browser.post(reverse("reports:remind_overdue"), follow=True)
    assert "再按一次" in page.content.decode()
    browser.post(reverse("reports:remind_overdue"))
    assert len(reminded()) == 5


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "javascript:alert(1)", ""])
def test_the_way_back_never_leads_away(
    target: str, chengguan: list[Person], luo_jianhua: Person, client_of: Browser
) -> None:
    response = client_of(luo_jianhua).post(reverse("reports:remind", args=[chengguan[0].uuid]), {"next": target})
    assert response["Location"] == reverse("reports:completion")


def test_a_manager_of_one_and_viewer_of_all_reminds_only_the_one(
    chengguan: list[Person],
    hedong: list[Person],
    course: Course,
    put_under: Put,
    make_person: Callable[..., Person],
    unit: Callable[[str], OrgUnit],
    client_of: Browser,
    at: datetime,
) -> None:
    from lms.people.models import RoleGrant

    both = make_person("00500000", "两职", "YL1301", Role.MANAGER)
    RoleGrant.objects.create(person=both, role=Role.AUDITOR, unit=unit("YL"), starts_at=at)
    put_under(course, "YL", due=-1)
    browser = client_of(both)
    assert press(browser, chengguan[0]) == 302
    assert press(browser, hedong[0]) == 403
    assert browser.post(reverse("reports:remind_overdue"), {"unit": "YL1302"}).status_code == 403
    assert browser.post(reverse("reports:remind_overdue")).status_code == 302
    assert not {"彭一", "彭二"} & set(reminded())
