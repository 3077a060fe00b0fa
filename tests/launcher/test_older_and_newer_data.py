"""Data an older version wrote is backed up, then upgraded; data a newer version wrote is left alone."""

from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from lms.launcher import prepare
from lms.people.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the preparation does, in order, without doing it."""
    steps: list[str] = []

    def backup(data: Path) -> Path:
        steps.append("backup")
        return data / "backups" / "x.tar.gz"

    def call(command: str, **options: Any) -> None:
        steps.append(command)

    monkeypatch.setattr(prepare, "backup", backup)
    monkeypatch.setattr(prepare, "call_command", call)
    monkeypatch.delenv("DATABASE_URL", raising=False)
    return steps


def test_older_data_is_backed_up_before_it_is_migrated(done: list[str], data: Path) -> None:
    MigrationRecorder(connection).record_unapplied("sessions", "0001_initial")
    prepare.migrate(data)
    assert done == ["backup", "migrate"]


def test_data_that_fits_is_neither_backed_up_nor_migrated(done: list[str], data: Path) -> None:
    prepare.migrate(data)
    assert done == []


def test_an_empty_database_needs_no_backup(done: list[str], data: Path) -> None:
    MigrationRecorder(connection).migration_qs.all().delete()
    prepare.migrate(data)
    assert done == ["migrate"]


def test_newer_data_is_refused_with_a_sentence_and_left_alone(
    done: list[str], data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    MigrationRecorder(connection).record_applied("people", "0999_from_the_future")
    with pytest.raises(SystemExit):
        prepare.migrate(data)
    assert "数据由更新的版本写入" in capsys.readouterr().err
    assert done == []


def test_the_demo_company_is_only_built_into_an_empty_database(
    done: list[str], data: Path, li_zhendong: Person
) -> None:
    prepare.fill_demo()
    assert done == []
