"""What architecture.md says holds in the code."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

from tests.architecture.stack import ROOT, app_height, height, rows, sources

TEMPLATES = ROOT / "templates"
REACHES = re.compile(r"""\{%\s*(?:extends|include)\s+["']([\w-]+)/|\{%\s*url\s+["']([\w-]+):""")
BANNED_NAMES = {"utils", "helpers", "common", "services", "managers", "signals", "base"}


def test_every_package_has_its_place_in_the_stack() -> None:
    packages = {f"lms.{path.name}" for path in (ROOT / "lms").iterdir() if (path / "__init__.py").exists()}
    packages |= {"courses", "exams", "certificates", "cms"}
    assert packages <= set(height())


def test_siblings_and_layers_are_checked_without_exceptions() -> None:
    assert len(rows()) >= 10
    assert "ignore_imports" not in (ROOT / "pyproject.toml").read_text(encoding="utf-8")


def test_foreign_keys_point_down_the_stack() -> None:
    heights = app_height()
    ours = [model for model in apps.get_models() if model._meta.app_label in heights]
    up = [
        f"{model._meta.label}.{field.name} → {field.related_model._meta.label}"
        for model in ours
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey | models.ManyToManyField)
        and (target := field.related_model._meta.app_label) in heights
        and target != model._meta.app_label
        and heights[target] >= heights[model._meta.app_label]
    ]
    assert not up


@pytest.mark.parametrize("path", sorted(TEMPLATES.rglob("*.html")), ids=lambda path: str(path.relative_to(TEMPLATES)))
def test_a_template_reaches_only_its_own_app_and_lower_ones(path: Path) -> None:
    heights = app_height()
    own = path.relative_to(TEMPLATES).parts[0]
    if own not in heights:
        return
    reached = {a or b for a, b in REACHES.findall(path.read_text(encoding="utf-8"))}
    up = {app for app in reached if app != own and app in heights and heights[app] >= heights[own]}
    assert not up


def test_no_file_is_named_after_nothing() -> None:
    assert not [str(path) for path in sources() if path.stem in BANNED_NAMES]


def test_no_file_holds_more_than_one_subject() -> None:
    assert not [str(path) for path in sources() if len(path.read_text(encoding="utf-8").splitlines()) > 400]


def test_nobody_waits() -> None:
    """Tests move the clock. The sleeps that remain wait for another process, and say so."""
    sleeping = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in (ROOT / "tests").rglob("test_*.py")
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if "time.sleep(" in line and "# waits for" not in line and path != Path(__file__)
    ]
    assert not sleeping
