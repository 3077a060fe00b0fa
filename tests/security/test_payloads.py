"""One hostile person, one hostile course, one hostile bank: every page and every file shows them, and nothing runs."""

import io
import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import openpyxl
import pytest
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.rich_text import expand_db_html

from cms.blocks import TEXT_FEATURES
from courses.actions import import_course, publish_course
from courses.imports import Sent
from courses.imports import read as read_course
from courses.models import Course
from tests.architecture.access_table import Door
from tests.architecture.world import Names, Who, World, standing
from tests.factories import lessons_of
from tests.security.doors import READABLE, body_of, desk_paths, opener, path

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("payloads")]  # one world, one worker

HOSTILE = Names(
    learner="=cmd|' /C calc'!A0<img src=x onerror=alert(1)>" + "𠮷" * 50,
    course="\"'><svg onload=alert(2)>触电{{7*7}}{% now 'Y' %}${7*7}",
    text="]]></script><script>alert(3)</script><!-- javascript:alert(4) {{7*7}} "
    "\u202e反 👩‍🚒 '\"><iframe src=//evil.example>",
    unit="@SUM(1+1)*cmd<script src=//evil.example/x.js></script>\"onmouseover=\"alert(5)",
    option="+1</option></select><input onfocus=alert(6) autofocus><math><mi xlink:href=\"javascript:alert(7)\">",
)  # fmt: skip
MARKUP = (
    '<p onclick="alert(1)">甲<script>alert(2)</script><a href="javascript:alert(3)">乙</a>'
    '<img src=x onerror=alert(4)><iframe src="//evil.example"></iframe></p>'
    "[丙](javascript:alert(5)) ![丁](//evil.example/x)"
)
ADDRESSES = {"href", "src", "action", "formaction", "data", "xlink:href", "poster", "srcset"}
FORBIDDEN = {"iframe", "object", "embed", "math", "base", "frame", "applet"}


@pytest.fixture(scope="module")
def hostile(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    with django_db_blocker.unblock(), standing(HOSTILE) as built:
        yield built


class Page(HTMLParser):
    """Collects what a browser would run or fetch because of a payload."""

    def __init__(self, desk: bool = False) -> None:
        super().__init__()
        self.found: list[str] = []
        self.texts: list[str] = []
        self.desk = desk
        self.script = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.script = tag == "script"
        if tag in FORBIDDEN and not (self.desk and tag == "iframe"):
            self.found.append(f"<{tag}>")
        if self.script and not self.desk and "nonce" not in given:
            self.found.append(f"<script {given}>")
        for name, value in attrs:
            if (
                name.startswith("on")
                or name == "autofocus"
                and not self.desk
                and tag == "input"
                and "onfocus" in given
            ):
                self.found.append(f"<{tag} {name}={value}>")
            if name in ADDRESSES and re.match(
                r"\s*(javascript|data:text|//|https?://(?!localhost|testserver))", value or ""
            ):
                self.found.append(f"<{tag} {name}={value}>")

    def handle_data(self, data: str) -> None:
        if self.script and re.search(r"alert\(|evil\.example", data) and "<script" in data:
            self.found.append("a payload inside a script")
        self.texts.append(data)


def read(html: str, *, desk: bool = False) -> Page:
    page = Page(desk)
    page.feed(html)
    return page


@pytest.mark.parametrize("door", READABLE, ids=str)
def test_a_page_shows_payloads_as_text(door: Door, hostile: World) -> None:
    answer = hostile.browser(opener(door)).get(path(door, hostile))
    assert answer.status_code == (302 if door.sent_home else 200)
    body = body_of(answer)
    if not answer.headers["Content-Type"].startswith("text/html"):
        return
    page = read(body.decode())
    assert not page.found
    assert not re.search(r"触电49|\$49|触电\{\{7\*7\}\}2\d{3}", "".join(page.texts)), "a template ran"


def test_the_payloads_are_there_to_be_seen(hostile: World) -> None:
    """Else the crawl above would prove nothing."""
    seen = {
        "/desk/people/": (Who.TRAINING_ADMIN, HOSTILE.learner),
        "/courses/": (Who.LEARNER, HOSTILE.course),
        "/desk/completion/": (Who.AUDITOR, HOSTILE.unit),
        f"/courses/{hostile.things['course']}/": (Who.LEARNER, HOSTILE.text),
        f"/exams/result/{hostile.things['finished']}/": (Who.LEARNER, HOSTILE.option),
        f"/exams/sitting/{hostile.things['attempt']}/": (Who.EXTERNAL, ""),
    }
    for where, (who, text) in seen.items():
        said = "".join(read(hostile.browser(who).get(where).content.decode()).texts)
        assert text[:40] in said, where


def test_search_terms_are_shown_as_text(hostile: World) -> None:
    for where, who in (
        ("/courses/", Who.LEARNER), ("/desk/people/", Who.TRAINING_ADMIN), ("/desk/records/", Who.MANAGER),
        ("/desk/certificates/", Who.AUDITOR), (f"/desk/questions/{hostile.things['bank']}/", Who.EXAMINER),
        ("/accounts/login/", Who.ANONYMOUS), ("/nowhere<script>alert(1)</script>/", Who.LEARNER),
    ):  # fmt: skip
        for text in (HOSTILE.text, HOSTILE.option, HOSTILE.course):
            answer = hostile.browser(who).get(where, {"q": text, "next": text, "line": text, "state": text})
            assert not read(answer.content.decode()).found, where


def test_the_content_desk_shows_payloads_as_text(hostile: World) -> None:
    for where in desk_paths(hostile):
        html = hostile.browser(Who.TRAINER).get(where).content.decode()
        found = [one for one in read(html, desk=True).found if re.search(r"alert|evil|<svg o|<math|inside", one)]
        assert not found, (where, found)


@pytest.mark.parametrize(("door", "who"), [("reports:export", Who.AUDITOR)])
def test_a_workbook_holds_texts_and_no_formulas(door: str, who: Who, hostile: World) -> None:
    address = next(one for one in READABLE if one.name == door)
    answer = hostile.browser(who).get(path(address, hostile))
    book = openpyxl.load_workbook(io.BytesIO(body_of(answer)))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert any(HOSTILE.learner in str(cell.value) for cell in cells)
    assert [cell.coordinate for cell in cells if cell.data_type == "f"] == []
    assert all(cell.hyperlink is None for cell in cells)


def test_a_name_of_a_hundred_characters_fits_everywhere(hostile: World) -> None:
    """Nobody is cut off, nothing fails: the pages above were opened with it."""
    assert len(hostile.people[Who.LEARNER].name) > 90


def test_markdown_brings_no_markup_of_its_own(hostile: World) -> None:
    """What a trainer uploads is text, whatever it says."""
    trainer, at = hostile.fresh(Who.TRAINER), hostile.at
    content = f"# 甲{HOSTILE.course}\n\n## 乙{HOSTILE.unit}\n\n{MARKUP}\n\n- {MARKUP}\n\n> {MARKUP}\n"
    draft = read_course([Sent("a.md", content.encode())])
    page = import_course(draft=draft, line="safety", owner=trainer, by=trainer, at=at)
    assert page is not None
    publish_course(page=page, by=trainer, at=at)
    course = Course.objects.get(page=page)
    answer = hostile.browser(Who.LEARNER).get(f"/learn/{course.uuid}/{lessons_of(course)[0].uuid}/")
    assert answer.status_code == 200
    assert "乙" in answer.content.decode()
    assert not read(answer.content.decode()).found


def test_the_editor_stores_only_what_it_offers(hostile: World) -> None:
    """What Draftail sends can be forged; the allow-list of features decides what becomes of it."""
    link = {"type": "LINK", "mutability": "MUTABLE", "data": {"url": "javascript:alert(3)"}}
    image = {"type": "IMAGE", "mutability": "IMMUTABLE", "data": {"src": "x", "onerror": "alert(4)"}}
    block = {
        "key": "a", "text": MARKUP, "type": "unstyled", "depth": 0,
        "inlineStyleRanges": [{"offset": 0, "length": 3, "style": "onclick=alert(1)"}],
        "entityRanges": [{"offset": 0, "length": 5, "key": 0}, {"offset": 6, "length": 2, "key": 1}],
    }  # fmt: skip
    sent = json.dumps({"blocks": [block], "entityMap": {"0": link, "1": image}})
    assert not read(expand_db_html(ContentstateConverter(TEXT_FEATURES).to_database_format(sent))).found
