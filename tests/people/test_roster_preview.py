"""The comparison of a roster with the company: what looks suspicious, what is left out, what is applied."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from lms.journal.models import Entry
from lms.people.enums import PostStatus
from lms.people.models import OrgUnit, Person, RosterImport
from lms.people.tasks import apply_rosters
from tests.people.conftest import HEADER, row, workbook

pytestmark = pytest.mark.django_db
PHONE = "13800000001"


@pytest.fixture
def desk(lin_xiaowen: Person, client_of: Callable[[Person], Client]) -> Client:
    return client_of(lin_xiaowen)


@pytest.fixture
def me() -> list[Any]:
    """The administrator who imports, as the file should name her."""
    return row("00120011", "林晓雯", "YL03")


def upload(desk: Client, rows: list[list[Any]], **book: Any) -> Any:
    file = SimpleUploadedFile("花名册.xlsx", workbook(rows, **book))
    return desk.post("/desk/people/roster/", {"file": file}, follow=True)


def url(tail: str = "") -> str:
    return f"/desk/people/roster/{RosterImport.objects.latest('pk').uuid}/{tail}"


def apply(desk: Client, choices: dict[str, str] | None = None) -> Any:
    """Confirm, let the worker work, and look at the page again."""
    desk.post(url("apply/"), choices)
    apply_rosters()
    return desk.get(url())


def said(page: Any, kind: str = "suspicious") -> list[str]:
    return [sentence for shown in page.context["shown"].rows(kind) for sentence in shown.doubts]


def taken(page: Any) -> dict[str, bool]:
    shown = page.context["shown"]
    return {one.key: one.taken for kind in ("new", "changed", "missing") for one in shown.rows(kind)}


@pytest.mark.parametrize("number", ["120039", 120039.0, "0120039", "000120039"])
def test_a_number_that_differs_by_zeros_is_the_same_person_when_somebody_says_so(
    number: Any, desk: Client, me: Any, li_zhendong: Person
) -> None:
    page = upload(desk, [me, row(number, phone=PHONE)])
    assert said(page) == ["与系统中的 00120039 只差前导零；如选择导入，按同一人处理"]
    assert page.context["shown"].counts["missing"] == 0
    apply(desk)
    li_zhendong.refresh_from_db()
    assert li_zhendong.phone == ""
    upload(desk, [me, row(number, phone=PHONE)])
    apply(desk, {"row-3": "take"})
    li_zhendong.refresh_from_db()
    assert (li_zhendong.phone, li_zhendong.staff_no, Person.objects.count()) == (PHONE, "00120039", 2)


def test_two_spellings_of_one_number_in_a_file_are_not_both_taken(desk: Client, me: Any, li_zhendong: Person) -> None:
    page = upload(desk, [me, row("0120039", phone=PHONE), row("120039", phone="13900000002")])
    counts = page.context["shown"].counts
    assert (counts["changed"], counts["wrong"], counts["suspicious"]) == (1, 1, 1)


def test_name_and_phone_of_somebody_else_are_suspicious(desk: Client, me: Any, li_zhendong: Person) -> None:
    li_zhendong.phone = PHONE
    li_zhendong.save()
    twins = [row("00120501", "新人", phone="13700000009"), row("00120502", "新人", phone="13700000009")]
    page = upload(desk, [me, row("00120039"), row("00120500", "李振东", phone=PHONE), *twins])
    assert said(page) == [
        "姓名和手机号与 00120039 相同；如选择导入，将新增为另一人",
        "姓名和手机号与 00120501 相同；如选择导入，将新增为另一人",
    ]
    assert taken(page) == {"row-4": False, "row-5": True, "row-6": False}


def test_a_number_given_to_somebody_else_is_suspicious(desk: Client, me: Any, li_zhendong: Person) -> None:
    page = upload(desk, [me, row("00120039", "王芳")])
    assert said(page) == ["该编号在系统中属于李振东，姓名完全不同"]
    assert taken(page) == {"row-3": False}
    page = desk.post(url("decide/"), {"every": "take"}, follow=True)
    assert taken(page) == {"row-3": False}, "taking everything is not taking this"
    page = desk.post(url("decide/"), {"every": "take", "kind": "suspicious"}, follow=True)
    assert taken(page) == {"row-3": True}


def test_a_move_to_another_department_is_shown_and_taken(
    desk: Client, me: Any, li_zhendong: Person, unit: Any
) -> None:
    within, beyond = unit("YL09"), unit("YL1301")
    page = upload(desk, [me, row("00120039", unit=within.code)])
    assert said(page) == [], "the same department"
    page = upload(desk, [me, row("00120039", unit=beyond.code)])
    [sentence] = said(page)
    assert sentence.startswith("调往其他部门：") and "→" in sentence
    assert taken(page) == {"row-3": True}


def test_a_unit_with_another_name_is_named_once(desk: Client, me: Any, li_zhendong: Person) -> None:
    header = [*HEADER, "部门/班组名称", "组织路径"]
    ours = OrgUnit.objects.get(code="YL0901").name
    rows = [[*me, "", ""], [*row("00120039"), "新名字班", ""], [*row("00120500", "甲"), "", "公司/新名字班"]]
    page = upload(desk, [*rows, [*row("00120501", "乙"), ours, ""]], header=header)
    assert said(page) == [f"系统中该单位名称为“{ours}”；导入花名册不会修改单位名称"]
    assert page.context["shown"].ignored == []


def test_a_file_that_lacks_much_of_the_company_says_so(
    desk: Client, me: Any, li_zhendong: Person, make_person: Any
) -> None:
    others = [row(f"0099{n:04}", f"员工{n}", "YL0901") for n in range(38)]
    for other in others:
        make_person(other[0], other[1], "YL0901")
    page = upload(desk, [me, *others])
    assert (said(page), page.context["shown"].counts["missing"]) == ([], 1)
    page = upload(desk, [me, *others[:20]])
    assert said(page) == ["文件中缺少该单位的 19 / 40 人，请确认名单是否完整"]
    assert "缺少该单位的 19 / 40 人" in page.content.decode(), "seen without choosing a filter"


def test_what_is_left_out_stays_as_it_is(
    desk: Client, me: Any, li_zhendong: Person, xie_yulan: Person, lin_xiaowen: Person
) -> None:
    page = upload(desk, [me, row("00120039", "李正东"), row("00120500", "甲"), row("00120501", "乙")])
    assert taken(page) == {"row-3": True, "row-4": True, "row-5": True, "gone-00120101": True}
    page = desk.post(url("decide/"), {"row-3": "leave", "row-4": "leave", "gone-00120101": "leave"}, follow=True)
    assert (page.context["shown"].to_apply, page.context["shown"].left_out) == (1, 3)
    apply(desk)
    for person, name in ((li_zhendong, "李振东"), (xie_yulan, "谢玉兰")):
        person.refresh_from_db()
        assert (person.name, person.post_status) == (name, PostStatus.ON_POST)
    assert list(Person.objects.filter(staff_no__startswith="001205").values_list("name", flat=True)) == ["乙"]
    payload = Entry.objects.get(kind="roster-imported").payload
    assert (payload["new"], payload["applied"], payload["marked"]) == (2, 1, 0)
    assert "未导入" in desk.get(url()).content.decode()


def many(count: int) -> list[list[Any]]:
    return [
        row(f"0077{n:04}", f"员工{n}", position="P1", position_name="工", family="技能", phone=f"139{n:08}")
        for n in range(count)
    ]


def test_choices_survive_turning_pages_and_one_press_decides_for_a_filter(desk: Client, me: Any, unit: Any) -> None:
    unit("YL0901")
    upload(desk, [me, *many(120)])
    page = desk.post(url("decide/"), {"row-3": "leave", "to": "page=2&kind=new"}, follow=True)
    assert (page.context["page"].number, page.context["kind"], page.context["shown"].to_apply) == (2, "new", 119)
    page = desk.post(url("decide/"), {"every": "leave", "kind": "new", "row-4": "take", "page": "x"}, follow=True)
    assert page.context["shown"].to_apply == 0
    page = desk.post(url("decide/"), {"every": "take", "kind": "new"}, follow=True)
    assert page.context["shown"].to_apply == 120
    desk.post(url("decide/"), {"row-9999": "take", "row-x": "take", "gone-1": "leave", "every": "burn"})
    assert set(RosterImport.objects.get().decisions) == {f"row-{n}" for n in range(3, 123)}


def test_a_company_that_changed_meanwhile_is_shown_again_before_anything_is_applied(
    desk: Client, me: Any, li_zhendong: Person, at: datetime
) -> None:
    page = upload(desk, [me, row("00120039", "李正东"), row("00120500", "甲"), row("00120501", "乙")])
    desk.post(url("decide/"), {"row-3": "leave", "row-4": "leave"})
    Person.objects.filter(pk=li_zhendong.pk).update(name="李真东")
    stamp = page.context["shown"].stamp
    again = apply(desk, {"stamp": stamp})
    text = again.content.decode()
    assert "请核对现在的差异" in text and "姓名：李真东 → 李正东" in text
    assert [one.key for one in again.context["page"]] == ["row-3"], "what is different now comes first"
    assert taken(again) == {"row-3": True, "row-4": False, "row-5": True}, "a choice about something else is forgotten"
    assert RosterImport.objects.get().applied_at is None and not Entry.objects.exists()
    stale = desk.post(url("apply/"), {"stamp": stamp}, follow=True)
    assert "请核对现在的差异" in stale.content.decode(), "a page of before applies nothing"
    assert not Person.objects.filter(staff_no="00120501").exists()
    apply(desk, {"stamp": again.context["shown"].stamp})
    li_zhendong.refresh_from_db()
    assert li_zhendong.name == "李正东"
    assert not Person.objects.filter(staff_no="00120500").exists()


def test_after_applying_nothing_can_be_decided_or_applied_again(desk: Client, me: Any, li_zhendong: Person) -> None:
    upload(desk, [me, row("00120039", "李正东"), row("00120500", "甲")])
    apply(desk, {"row-4": "leave"})
    again = desk.post(url("apply/"), {"row-4": "take"}, follow=True)
    assert "已经导入过" in again.content.decode()
    assert RosterImport.objects.get().decisions == {"row-4": False}
    assert not Person.objects.filter(staff_no="00120500").exists()
    assert Entry.objects.filter(kind="roster-imported").count() == 1


def test_a_report_of_before_can_still_be_looked_at(desk: Client, me: Any, li_zhendong: Person) -> None:
    upload(desk, [me, row("00120039", "李正东")])
    report = RosterImport.objects.get()
    for finding in report.report["findings"]:
        for name in ("doubts", "may_be_taken", "taken"):
            finding.pop(name)
    report.report.pop("concerns")
    report.report["counts"].pop("suspicious")
    report.save()
    assert taken(desk.get(url())) == {"row-3": True}


def test_thousands_of_rows_cost_a_handful_of_statements(desk: Client, me: Any, unit: Any, statements: Any) -> None:
    unit("YL0901")
    upload(desk, [me, *many(2000)])
    with statements(at_most=10):
        page = desk.get(f"{url()}?kind=new&page=40")
    assert len(page.context["page"]) == 50
    with statements(at_most=16):
        desk.post(url("decide/"), {"every": "leave", "kind": "new"})


def test_who_will_be_marked_as_off_post_is_said_beside_the_button(desk: Client, me: Any, li_zhendong: Person) -> None:
    page = upload(desk, [me])
    assert page.context["shown"].marked == page.context["shown"].counts["missing"] == 1
    assert "其中 1 人不在文件中，将标记为“待确认离岗”" in page.content.decode()
    key = page.context["shown"].rows("missing")[0].key
    assert "将标记为" not in desk.post(url("decide/"), {key: "leave"}, follow=True).content.decode()
