"""What every template promises: nothing the content security policy would refuse, parts that stay small."""

import re
from pathlib import Path

import pytest
from django.template.loader import get_template, render_to_string

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
SHELL = sorted([*TEMPLATES.glob("*.html"), *TEMPLATES.glob("components/*.html"), *TEMPLATES.glob("pages/*.html")])


def name(path: Path) -> str:
    return str(path.relative_to(TEMPLATES))


@pytest.mark.parametrize("path", SHELL, ids=name)
def test_a_part_compiles_is_small_and_carries_no_inline_style_or_handler(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    get_template(name(path))
    assert not re.search(r"<[^>]*\s(style|on[a-z]+)=", text)
    assert len(text.splitlines()) <= (80 if path.parent == TEMPLATES else 25)


@pytest.mark.parametrize("path", sorted(TEMPLATES.glob("components/*.html")), ids=name)
def test_a_component_says_first_what_it_is(path: Path) -> None:
    assert path.read_text(encoding="utf-8").startswith("{% comment %}")


def test_every_sign_a_component_asks_for_is_drawn() -> None:
    drawn = set(
        re.findall(r'id="([\w-]+)"', (TEMPLATES.parent / "static/icons/icons.svg").read_text(encoding="utf-8"))
    )
    wanted = {
        sign
        for path in TEMPLATES.rglob("*.html")
        for sign in re.findall(r'components/icon\.html" with name="([\w-]+)"', path.read_text(encoding="utf-8"))
    }
    assert wanted <= drawn


@pytest.mark.parametrize("page", ["404.html", "403.html", "500.html"])
def test_an_error_page_needs_neither_a_person_nor_the_database(page: str) -> None:
    assert "回到首页" in render_to_string(page)
