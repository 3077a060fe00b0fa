"""Somebody who can log in, and ways to try."""

from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any

import pytest
import xlsxwriter
from django.test import Client

from lms.people.models import Person
from tests.conftest import PASSWORD


@pytest.fixture
def li(li_zhendong: Person) -> Person:
    """李振东 with a password of his own."""
    li_zhendong.set_password(PASSWORD)
    li_zhendong.save()
    return li_zhendong


@pytest.fixture
def log_in(client: Client) -> Callable[..., Any]:
    """Send the log-in form; returns the answer."""

    def send(number: str = "00120039", password: str = PASSWORD, **extra: Any) -> Any:
        return client.post(
            "/accounts/login/", {"login": number, "password": password, **extra.pop("form", {})}, **extra
        )

    return send


@pytest.fixture
def fail(log_in: Callable[..., Any]) -> Callable[..., str]:
    """Log in with a wrong password; returns what the page says."""

    def send(number: str = "00120039", times: int = 1, **extra: Any) -> str:
        for _ in range(times):
            answer = log_in(number, "Wrong-Horse-7", **extra)
        return str(answer.context["form"].non_field_errors()[0])

    return send


HEADER = [
    "员工编号",
    "姓名",
    "手机号",
    "单位编码",
    "部门/班组编码",
    "岗位编码",
    "岗位名称",
    "岗位类别",
    "用工性质",
    "入职日期",
    "现岗位日期",
    "在岗状态",
]


def workbook(
    rows: list[list[Any]], *, header: list[str] | None = None, formulas: dict[str, str] | None = None
) -> bytes:
    """An .xlsx as Excel writes it. `formulas` maps a cell ("B3") to a formula."""
    target = BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    sheet = book.add_worksheet("花名册")
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for number, row in enumerate([header if header is not None else HEADER, *rows]):
        for column, value in enumerate(row):
            if isinstance(value, date):
                sheet.write_datetime(number, column, value, day)
            else:
                sheet.write(number, column, value)
    for cell, formula in (formulas or {}).items():
        sheet.write_formula(cell, formula, None, "李四")
    book.close()
    return target.getvalue()


def row(
    number: Any,
    name: str = "李振东",
    unit: str = "YL0901",
    position: str = "P00",
    employment: str = "全民",
    **more: Any,
) -> list[Any]:
    """One line of the roster; `more`: phone, position_name, family, joined, since, status."""
    return [
        number,
        name,
        more.get("phone", ""),
        more.get("company", "YL"),
        unit,
        position,
        more.get("position_name", ""),
        more.get("family", ""),
        employment,
        more.get("joined", ""),
        more.get("since", ""),
        more.get("status", ""),
    ]
