"""Starting an installation without the demo: units, the first administrator, the roster."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from lms.people.models import OrgUnit, Person
from tests.people.conftest import row, workbook

pytestmark = pytest.mark.django_db


def test_an_empty_installation_becomes_a_company(
    client: Client, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("place_unit", "YL", "云岭县供电公司", "company")
    call_command("place_unit", "YL0901", "变电运维班", "team", "--under", "YL")
    assert capsys.readouterr().out.split() == ["YL/", "YL/YL0901/"]
    call_command("add_administrator", "admin", "系统管理员", "--over", "YL")
    password = capsys.readouterr().out.strip()
    client.post("/accounts/login/", {"login": "admin", "password": password})
    client.post("/accounts/password/change/", {"password1": "Other-Horse-8", "password2": "Other-Horse-8"})
    assert client.get("/desk/people/").status_code == 200
    file = tmp_path / "r.xlsx"
    file.write_bytes(workbook([row("00120039", position="P1", position_name="值班员", family="技能")]))
    call_command("import_roster", str(file))
    assert "李振东" in client.get("/desk/people/").content.decode()


def test_the_console_gives_a_password_to_who_has_a_number(
    li_zhendong: Person, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("issue_password", "00120039")
    li_zhendong.refresh_from_db()
    assert li_zhendong.check_password(capsys.readouterr().out.strip())
    with pytest.raises(CommandError, match="00999999"):
        call_command("issue_password", "00999999")


def test_mistakes_on_the_console_are_explained(db: None) -> None:
    with pytest.raises(CommandError, match="no unit XX"):
        call_command("place_unit", "YL", "云岭", "company", "--under", "XX")
    with pytest.raises(CommandError, match="单位编码"):
        call_command("place_unit", "y l", "云岭", "company")
    with pytest.raises(CommandError, match="place_unit"):
        call_command("add_administrator", "admin", "系统管理员", "--over", "YL")
    assert not OrgUnit.objects.exists()
    assert not Person.objects.exists()
