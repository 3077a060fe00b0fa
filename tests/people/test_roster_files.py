"""Files that are no roster: a clear sentence each, nothing saved."""

import zipfile
from datetime import datetime
from io import BytesIO
from typing import Any

import pytest

from lms.people import actions
from lms.people.models import OrgUnit, Person, RosterImport
from lms.people.roster.problems import RosterFileError
from tests.people.conftest import HEADER, row, workbook

pytestmark = pytest.mark.django_db


def read(content: bytes, at: datetime) -> RosterImport:
    return actions.read_roster(content, file_name="花名册.xlsx", within=OrgUnit.objects.all(), by=None, at=at)


def archive(**files: bytes) -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in files.items():
            package.writestr(name.replace("__", "/"), content)
    return target.getvalue()


def rezip(content: bytes, change: dict[str, Any]) -> bytes:
    """The workbook with some parts replaced by what a function makes of them."""
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, change[name](part) if name in change else part)
    return target.getvalue()


GOOD = workbook([row("00120039")])
SHEET = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "文件是空的。"),
        ("员工编号,姓名\n00120039,李振东\n".encode("gbk"), "这不是 Excel 工作簿，请在 Excel 或 WPS 中另存为 .xlsx。"),
        (b"<html><table></table></html>", "这不是 Excel 工作簿，请在 Excel 或 WPS 中另存为 .xlsx。"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
            "这是旧版 .xls 或带密码的文件，请另存为不带密码的 .xlsx。",
        ),
        (archive(readme=b"hello"), "这是压缩包，不是 Excel 工作簿，请解压后选择其中的 .xlsx 文件。"),
        (archive(xl__workbook=b"x"), "这是压缩包，不是 Excel 工作簿，请解压后选择其中的 .xlsx 文件。"),
        (GOOD[: len(GOOD) // 2], "工作簿已损坏，无法打开。请在 Excel 中打开并重新保存。"),
        (b"PK\x03\x04" + b"\0" * 100, "工作簿已损坏，无法打开。请在 Excel 中打开并重新保存。"),
        (rezip(GOOD, {SHEET: lambda part: part[:-50]}), "工作簿已损坏，无法打开。请在 Excel 中打开并重新保存。"),
        (
            rezip(GOOD, {"xl/workbook.xml": lambda part: b"<a"}),
            "工作簿已损坏，无法打开。请在 Excel 中打开并重新保存。",
        ),
        (b"PK" + b"\0" * (10 * 1024 * 1024), "文件超过 10 MB，请删去图片和不用的工作表后再试。"),
        (
            workbook([], header=[]),
            "前 10 行没有找到表头。表头应包含：员工编号、姓名、单位编码、部门/班组编码、岗位编码、用工性质。",
        ),
        (
            workbook([["1", "2"]], header=["课程", "题干"]),
            "前 10 行没有找到表头。表头应包含：员工编号、姓名、单位编码、部门/班组编码、岗位编码、用工性质。",
        ),
        (
            workbook([], header=["员工编号", "姓名", "单位编码"]),
            "第 1 行是表头，但缺少以下列：部门/班组编码、岗位编码、用工性质。",
        ),
        (workbook([], header=[*HEADER, "姓名（必填）"]), "表头中“姓名”列出现了两次。"),
        (workbook([]), "表头下面没有人员。"),
        (workbook([["", " ", None]]), "表头下面没有人员。"),
    ],
    ids=lambda value: "file" if isinstance(value, bytes) else value[:12],
)
def test_an_unusable_file_is_named_in_one_sentence(content: bytes, sentence: str, at: datetime) -> None:
    with pytest.raises(RosterFileError) as error:
        read(content, at)
    assert str(error.value) == sentence
    assert not RosterImport.objects.exists()


def test_five_thousand_rows_are_read_and_one_more_is_too_many(unit: Any, at: datetime) -> None:
    unit("YL0901")
    rows = [row(f"N{number:05}") for number in range(5001)]
    with pytest.raises(RosterFileError) as error:
        read(workbook(rows), at)
    assert str(error.value) == "共 5,001 行，每次最多导入 5,000 行，请拆分文件。"
    assert read(workbook(rows[:-1]), at).report["counts"]["wrong"] == 5000  # nobody opened position P00


@pytest.mark.parametrize(
    ("cell", "sentence"),
    [("A1048576", "每次最多导入 5,000 行"), ("XFD2", "第 200 列之后还有内容")],
)
def test_a_value_far_out_is_refused_before_a_table_is_built(cell: str, sentence: str, at: datetime) -> None:
    far = f'<row r="2"><c r="{cell}" t="n"><v>1</v></c></row></sheetData>'.encode()
    content = rezip(GOOD, {SHEET: lambda part: part.replace(b"</sheetData>", far)})
    with pytest.raises(RosterFileError) as error:
        read(content, at)
    assert sentence in str(error.value)


def test_a_part_that_unpacks_to_gigabytes_is_refused_by_its_size(at: datetime) -> None:
    content = rezip(GOOD, {"xl/styles.xml": lambda part: b" " * (160 * 1024 * 1024)})
    assert len(content) < 1024 * 1024
    with pytest.raises(RosterFileError) as error:
        read(content, at)
    assert "10 MB" in str(error.value)


@pytest.mark.parametrize(
    "doctype",
    [
        b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
        + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
        + b"]>",
        b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
    ],
    ids=["bomb", "file of the server"],
)
def test_entities_are_not_followed(doctype: bytes, at: datetime) -> None:
    entity = b"&j;" if b"SYSTEM" not in doctype else b"&a;"
    content = rezip(
        GOOD,
        {"xl/workbook.xml": lambda part: part.replace(b"?>", b"?>" + doctype, 1).replace("花名册".encode(), entity)},
    )
    with pytest.raises(RosterFileError):
        read(content, at)


def test_the_roster_may_be_on_the_second_sheet_below_a_title(unit: Any, li_zhendong: Person, at: datetime) -> None:
    import xlsxwriter

    target = BytesIO()
    book = xlsxwriter.Workbook(target)
    book.add_worksheet("说明").write(0, 0, "填写说明")
    sheet = book.add_worksheet("人员")
    sheet.write(0, 0, "云岭县供电公司花名册")
    for column, name in enumerate(
        ["员工编号*（文本）", "姓名*", "单位编码*", "部门/班组编码*", "岗位编码*", "用工性质*"]
    ):
        sheet.write(2, column, name)
    for column, value in enumerate(["00120039", "李振东", "YL", "YL0901", "P00", "全民"]):
        sheet.write(3, column, value)
    book.close()
    report = read(target.getvalue(), at).report
    assert (report["sheet"], report["header_row"], report["counts"]["unchanged"]) == ("人员", 3, 1)
    assert report["findings"][0]["row"] == 4
