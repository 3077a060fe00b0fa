"""The people desk: who sees whom, and what can be done to an account."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from lms.journal.models import Entry
from lms.people import actions
from lms.people.enums import Employment, Role
from lms.people.models import Person, RosterImport
from lms.people.tasks import apply_rosters
from tests.people.conftest import row, workbook

Browser = Callable[[Person], Client]
pytestmark = pytest.mark.django_db


@pytest.fixture
def station_admin(make_person: Callable[..., Person]) -> Person:
    """Administers training at 城关 only."""
    return make_person("00120099", "站培训员", "YL1301", Role.TRAINING_ADMIN)


def url(person: Person, tail: str = "") -> str:
    return f"/desk/people/{person.uuid}/{tail}"


def names(answer: Any) -> list[str]:
    return [person.name for person in answer.context["page"]]


def test_the_list_shows_everybody_in_scope_and_nobody_else(
    client_of: Browser, station_admin: Person, xie_yulan: Person, peng_xiaojun: Person
) -> None:
    answer = client_of(station_admin).get("/desk/people/")
    assert names(answer) == ["站培训员", "谢玉兰"]
    assert "彭小军" not in answer.content.decode()
    assert "河东" not in answer.content.decode()


@pytest.mark.parametrize("who", ["li_zhendong", "luo_jianhua", "tang_zhiyuan", "ma_yue", "auditor", "shi_lei"])
def test_people_without_the_permission_find_nothing(
    who: str, request: pytest.FixtureRequest, client_of: Browser, xie_yulan: Person
) -> None:
    browser = client_of(request.getfixturevalue(who))
    for path in ("/desk/people/", "/desk/people/roster/", url(xie_yulan)):
        assert browser.get(path).status_code == 404, path
    for tail in ("password/", "unlock/", "deactivate/", "reactivate/", "end-sessions/", "roles/"):
        assert browser.post(url(xie_yulan, tail)).status_code == 404, tail


def test_somebody_out_of_scope_does_not_exist(client_of: Browser, station_admin: Person, peng_xiaojun: Person) -> None:
    browser = client_of(station_admin)
    assert browser.get(url(peng_xiaojun)).status_code == 404
    for tail in ("password/", "unlock/", "deactivate/", "end-sessions/", "roles/", "roles/1/revoke/"):
        assert browser.post(url(peng_xiaojun, tail)).status_code == 404, tail
    peng_xiaojun.refresh_from_db()
    assert peng_xiaojun.is_active
    assert not Entry.objects.exists()


@pytest.mark.parametrize(
    "query", ["?unit=YL1302", "?q=彭小军", "?unit=YL1302&q=0012", "?unit=*", "?page=999999999", "?q=%00"]
)
def test_no_filter_leads_out_of_scope(
    query: str, client_of: Browser, station_admin: Person, peng_xiaojun: Person
) -> None:
    answer = client_of(station_admin).get(f"/desk/people/{query}")
    assert answer.status_code == 200
    assert "彭小军" not in names(answer)


def test_people_are_found_by_name_number_and_unit(
    client_of: Browser, lin_xiaowen: Person, xie_yulan: Person, peng_xiaojun: Person, li_zhendong: Person
) -> None:
    browser = client_of(lin_xiaowen)
    assert names(browser.get("/desk/people/", {"q": "玉兰"})) == ["谢玉兰"]
    assert names(browser.get("/desk/people/", {"q": " 120110 "})) == ["彭小军"]
    assert names(browser.get("/desk/people/", {"unit": "YL1302"})) == ["彭小军"]
    assert names(browser.get("/desk/people/", {"unit": "YL09"})) == ["李振东"], "units below count"


def test_who_left_can_still_be_found_by_the_unit_of_the_last_post(
    client_of: Browser, station_admin: Person, lin_xiaowen: Person, xie_yulan: Person, at: datetime
) -> None:
    actions.leave(person=xie_yulan, ends_on=date(2026, 1, 1), by=None, at=at)
    assert "谢玉兰" in names(client_of(station_admin).get("/desk/people/"))


def test_after_a_move_the_old_administrator_sees_the_person_no_more(
    client_of: Browser, station_admin: Person, xie_yulan: Person, unit: Any, at: datetime
) -> None:
    browser = client_of(station_admin)
    assert browser.get(url(xie_yulan)).status_code == 200
    position = xie_yulan.posts.get().position
    actions.move(person=xie_yulan, unit=unit("YL1302"), position=position, starts_on=at.date(), by=None, at=at)
    assert browser.get(url(xie_yulan)).status_code == 404


def test_an_account_without_a_post_belongs_to_who_looks_after_the_whole_tree(
    client_of: Browser, station_admin: Person, lin_xiaowen: Person, at: datetime
) -> None:
    account = actions.join(
        staff_no="kiosk",
        name="大厅终端",
        unit=None,
        position=None,
        employment=Employment.OWN,
        starts_on=at.date(),
        by=None,
        at=at,
    )
    assert client_of(lin_xiaowen).get(url(account)).status_code == 200
    assert client_of(station_admin).get(url(account)).status_code == 404


def test_the_list_costs_the_same_for_many_people(
    client_of: Browser, lin_xiaowen: Person, make_person: Any, statements: Any
) -> None:
    browser = client_of(lin_xiaowen)
    for number in range(70):
        make_person(f"009{number:05}", "某人", "YL1301")
    browser.get("/desk/people/")
    with statements(at_most=12):
        answer = browser.get("/desk/people/?page=2")
    assert len(names(answer)) == 30


def test_a_persons_page_costs_the_same_for_a_long_history(
    client_of: Browser, lin_xiaowen: Person, li_zhendong: Person, unit: Any, at: datetime, statements: Any
) -> None:
    position = li_zhendong.posts.get().position
    for month, code in enumerate(["YL1301", "YL1302", "YL11", "YL0901"], 1):
        actions.move(
            person=li_zhendong, unit=unit(code), position=position, starts_on=date(2025, month, 1), by=None, at=at
        )
    browser = client_of(lin_xiaowen)
    with statements(at_most=12):
        page = browser.get(url(li_zhendong)).content.decode()
    assert page.count("值班员") >= 5


def test_the_one_time_password_is_shown_once_and_stored_by_nobody(
    client_of: Browser, lin_xiaowen: Person, li_zhendong: Person
) -> None:
    browser = client_of(lin_xiaowen)
    answer = browser.post(url(li_zhendong, "password/"))
    password = answer.context["one_time"]
    assert password in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    li_zhendong.refresh_from_db()
    assert li_zhendong.check_password(password)
    again = browser.get(url(li_zhendong)).content.decode()
    assert password not in again
    assert "一次性密码，" in again
    assert password not in str(browser.session.items()) + str(browser.cookies)


def test_the_page_shows_a_lock_and_lifts_it(
    client_of: Browser, lin_xiaowen: Person, li: Person, fail: Callable[..., str]
) -> None:
    fail(times=5)
    browser = client_of(lin_xiaowen)
    assert "已锁定至" in browser.get(url(li)).content.decode()
    assert browser.post(url(li, "unlock/")).url == url(li)  # type: ignore[attr-defined]
    page = browser.get(url(li)).content.decode()
    assert "已锁定至" not in page
    assert "已解锁" in page


def test_an_account_is_deactivated_and_comes_back(
    client_of: Browser, lin_xiaowen: Person, li_zhendong: Person
) -> None:
    browser, his = client_of(lin_xiaowen), client_of(li_zhendong)
    browser.post(url(li_zhendong, "deactivate/"))
    assert "恢复账号" in browser.get(url(li_zhendong)).content.decode()
    assert his.get("/notices/").status_code == 302
    browser.post(url(li_zhendong, "reactivate/"))
    li_zhendong.refresh_from_db()
    assert li_zhendong.is_active
    kinds = Entry.objects.filter(by_person=lin_xiaowen.pk).values_list("kind", flat=True)
    assert list(kinds) == ["account-deactivated", "account-reactivated"]


def test_sessions_are_ended_from_the_desk(client_of: Browser, lin_xiaowen: Person, li_zhendong: Person) -> None:
    his = client_of(li_zhendong)
    client_of(lin_xiaowen).post(url(li_zhendong, "end-sessions/"))
    assert his.get("/notices/").status_code == 302


def test_looking_changes_nothing(client_of: Browser, lin_xiaowen: Person, li_zhendong: Person) -> None:
    browser = client_of(lin_xiaowen)
    for tail in ("password/", "unlock/", "deactivate/", "reactivate/", "end-sessions/", "roles/"):
        assert browser.get(url(li_zhendong, tail)).status_code == 405, tail
    assert not Entry.objects.exists()


def test_nobody_handles_the_own_account_here(client_of: Browser, lin_xiaowen: Person) -> None:
    browser = client_of(lin_xiaowen)
    assert "发放后原密码失效" not in browser.get(url(lin_xiaowen)).content.decode()
    browser.post(url(lin_xiaowen, "deactivate/"))
    browser.post(url(lin_xiaowen, "password/"))
    lin_xiaowen.refresh_from_db()
    assert lin_xiaowen.is_active
    assert not lin_xiaowen.has_usable_password()


def test_a_training_administrator_sees_roles_and_cannot_grant_them(
    client_of: Browser, lin_xiaowen: Person, luo_jianhua: Person, unit: Any
) -> None:
    browser = client_of(lin_xiaowen)
    page = browser.get(url(luo_jianhua)).content.decode()
    assert "部门管理者" in page
    assert "授予角色" not in page
    answer = browser.post(url(luo_jianhua, "roles/"), {"role": Role.MANAGER, "unit": "YL"})
    assert answer.status_code == 403
    assert luo_jianhua.grants.count() == 1


def test_a_system_administrator_grants_and_revokes(
    client_of: Browser, admin: Person, li_zhendong: Person, unit: Any, at: datetime
) -> None:
    browser = client_of(admin)
    last = (at + timedelta(days=30)).date()
    browser.post(url(li_zhendong, "roles/"), {"role": Role.TRAINER, "unit": "YL09", "last_day": last.isoformat()})
    grant = li_zhendong.grants.get()
    assert (grant.role, grant.unit.code, grant.granted_by) == (Role.TRAINER, "YL09", admin)
    assert grant.ends_at
    assert timedelta(days=29) < grant.ends_at - at < timedelta(days=32)
    page = browser.get(url(li_zhendong)).content.decode()
    assert f"至 {last.isoformat()}" in page
    browser.post(url(li_zhendong, f"roles/{grant.pk}/revoke/"))
    assert "没有角色" in browser.get(url(li_zhendong)).content.decode()


@pytest.mark.parametrize(
    "form",
    [
        {"role": "superuser", "unit": "YL"},
        {"role": "manager", "unit": "XX"},
        {"role": "manager"},
        {"role": "manager", "unit": "YL", "last_day": "x"},
    ],
)
def test_odd_grants_are_refused_on_the_page(
    form: dict[str, str], client_of: Browser, admin: Person, li_zhendong: Person
) -> None:
    answer = client_of(admin).post(url(li_zhendong, "roles/"), form)
    assert answer.status_code == 400
    assert answer.context["role_form"].errors
    assert not li_zhendong.grants.exists()


def test_a_grant_to_oneself_is_refused_with_a_sentence(client_of: Browser, admin: Person) -> None:
    browser = client_of(admin)
    answer = browser.post(url(admin, "roles/"), {"role": Role.AUDITOR, "unit": "YL"}, follow=True)
    assert "不能授予或收回自己的角色" in answer.content.decode()
    assert admin.grants.count() == 1


def upload(browser: Client, content: bytes, name: str = "花名册.xlsx") -> Any:
    return browser.post("/desk/people/roster/", {"file": SimpleUploadedFile(name, content)}, follow=True)


def test_a_roster_is_previewed_and_applied_with_one_tap(
    client_of: Browser, lin_xiaowen: Person, li_zhendong: Person
) -> None:
    browser = client_of(lin_xiaowen)
    rows = [row("00120039", "李正东"), row("00120011", "林晓雯", "YL03"), row("00120500", "新人"), row("00120501", "")]
    answer = upload(browser, workbook(rows))
    page = answer.content.decode()
    assert "姓名：李振东 → 李正东" in page
    assert "“姓名”为空" in page
    assert Person.objects.count() == 2
    report = RosterImport.objects.get()
    for kind in ("wrong", "new", "changed", "missing", "unchanged", "nonsense"):
        assert browser.get(f"/desk/people/roster/{report.uuid}/?kind={kind}").status_code == 200
    asked = browser.post(f"/desk/people/roster/{report.uuid}/apply/", follow=True)
    assert "花名册等待导入" in asked.content.decode()
    apply_rosters()
    done = browser.get(f"/desk/people/roster/{report.uuid}/")
    assert "已于" in done.content.decode()
    assert Person.objects.count() == 3
    again = browser.post(f"/desk/people/roster/{report.uuid}/apply/", follow=True)
    assert "已经导入过" in again.content.decode()
    assert Entry.objects.get(kind="roster-imported").by_person == lin_xiaowen.pk


def test_a_file_that_is_no_roster_is_refused_on_the_page(client_of: Browser, lin_xiaowen: Person) -> None:
    answer = upload(client_of(lin_xiaowen), "工号\n1".encode("gbk"), "花名册.csv")
    assert answer.status_code == 400
    assert "这不是 Excel 工作簿" in answer.content.decode()
    assert not RosterImport.objects.exists()


def test_a_report_belongs_to_who_read_the_file(
    client_of: Browser, lin_xiaowen: Person, station_admin: Person, li_zhendong: Person
) -> None:
    upload(client_of(lin_xiaowen), workbook([row("00120039", "李正东")]))
    report = RosterImport.objects.get()
    browser = client_of(station_admin)
    assert browser.get(f"/desk/people/roster/{report.uuid}/").status_code == 404
    assert browser.post(f"/desk/people/roster/{report.uuid}/apply/").status_code == 404


def test_scope_lost_between_preview_and_applying_stops_the_import(
    client_of: Browser, lin_xiaowen: Person, admin: Person, li_zhendong: Person, unit: Any, at: datetime
) -> None:
    browser = client_of(lin_xiaowen)
    upload(browser, workbook([row("00120039", "李正东")]))
    report = RosterImport.objects.get()
    actions.revoke_role(grant=lin_xiaowen.grants.get(), by=admin, at=at)
    actions.grant_role(person=lin_xiaowen, role=Role.TRAINING_ADMIN, unit=unit("YL1301"), by=admin, at=at)
    browser.post(f"/desk/people/roster/{report.uuid}/apply/")
    apply_rosters()
    answer = browser.get(f"/desk/people/roster/{report.uuid}/")
    assert "请核对现在的差异" in answer.content.decode()
    li_zhendong.refresh_from_db()
    assert li_zhendong.name == "李振东"
