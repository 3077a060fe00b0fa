"""A Markdown file as a course: pure parsing."""

import re
from html import unescape
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.imports import CourseDraft, Unreadable
from courses.imports.markdown import read

LAWS = sorted(Path(__file__).parents[2].parent.glob("shared/data/laws/*.md"))
STATUTE = """# 中华人民共和国示例法

2021年1月1日 第一次会议通过

<!-- INFO END -->

## 第一章 总则

第一条 为了示例，制定本法。

有下列情形之一的：

（一）情形甲；

## 第二章 保障

### 第一节 一般规定

第二条 从业人员应当如实记录。
"""


def words(draft: CourseDraft) -> str:
    """Everything a draft contains, in order, without markup and blanks."""
    parts = [draft.title, draft.summary]
    for lesson in draft.lessons:
        markup = "".join(str(block["value"]) for block in lesson.blocks)
        parts += [lesson.title, unescape(re.sub(r"<[^>]+>", "", markup))]
    return re.sub(r"[\s#]", "", "".join(parts))


def test_a_statutes_chapters_become_lessons_and_its_articles_keep_their_numbers() -> None:
    draft = read(STATUTE.encode(), "示例法.md")
    assert draft.title == "中华人民共和国示例法"
    assert [lesson.title for lesson in draft.lessons] == ["第一章 总则", "第二章 保障"]
    assert "<p><b>第一条</b> 为了示例，制定本法。</p>" in draft.lessons[0].blocks[0]["value"]
    assert draft.lessons[1].blocks[0]["value"].startswith("<h3>第一节 一般规定</h3>")
    assert draft.summary == "2021年1月1日 第一次会议通过"


@pytest.mark.skipif(not LAWS, reason="the statutes are not on this machine")
@pytest.mark.parametrize("path", LAWS, ids=lambda path: path.stem)
def test_no_character_of_a_real_statute_is_lost_or_moved(path: Path) -> None:
    content = path.read_bytes()
    draft = read(content, path.name)
    source = re.sub(r"<!--.*?-->", "", content.decode())
    assert words(draft) == re.sub(r"[\s#]", "", source)
    articles = re.findall(r"^第[零一二三四五六七八九十百]+条", source, flags=re.MULTILINE)
    kept = [article for lesson in draft.lessons for block in lesson.blocks for article in _bold(block["value"])]
    assert kept == articles
    assert draft.notes == []


def _bold(html: str) -> list[str]:
    return re.findall(r"<p><b>(第[^<]+条)</b>", html)


def test_parts_become_modules() -> None:
    parts = [
        "## 第一编 总则",
        "### 第一章 基本规定",
        "第一条 甲。",
        "## 第二编 物权",
        "### 第一章 一般规定",
        "第二条 乙。",
    ]
    text = "\n\n".join(["# 法典", *parts])
    draft = read(text.encode(), "x.md")
    assert [(lesson.module, lesson.title) for lesson in draft.lessons] == [
        ("第一编 总则", "第一章 基本规定"),
        ("第二编 物权", "第一章 一般规定"),
    ]
    assert draft.modules == ["第一编 总则", "第二编 物权"]


def test_a_table_becomes_a_table_block_between_texts() -> None:
    text = "# 课\n\n## 一\n\n前文。\n\n| 物品 | 能否 |\n|---|---|\n| 木棒 | 能 |\n\n后文。\n"
    blocks = read(text.encode(), "x.md").lessons[0].blocks
    assert [block["type"] for block in blocks] == ["rich_text", "table", "rich_text"]
    assert blocks[1]["value"]["data"] == [["物品", "能否"], ["木棒", "能"]]


def test_scripts_and_foreign_addresses_are_dropped() -> None:
    evil = "<script>alert(1)</script>\n\n[点](javascript:alert(1)) <img src=x onerror=alert(1)> 正文"
    text = f"# 课\n\n## 一\n\n{evil}\n"
    html = read(text.encode(), "x.md").lessons[0].blocks[0]["value"]
    assert "<script" not in html
    assert "href" not in html
    assert "onerror" not in html
    assert "正文" in html


def test_powers_stay_powers() -> None:
    draft = read("# 课\n\n## 一\n\n10<sup>-3</sup> A，CO<sub>2</sub>，x<sup>甲</sup>\n".encode(), "x.md")
    assert "10⁻³ A，CO₂，x甲" in draft.lessons[0].blocks[0]["value"]
    assert [note.place for note in draft.notes] == ["第 5 行"]


def test_a_picture_that_did_not_come_along_is_named_with_its_line() -> None:
    draft = read("# 课\n\n## 一\n\n![图](a.png) 正文\n".encode(), "x.md")
    assert any("a.png" in note.text and note.place == "第 5 行" for note in draft.notes)


def test_gbk_is_converted_and_said() -> None:
    draft = read(STATUTE.encode("gbk"), "示例法.md")
    assert draft.lessons[0].title == "第一章 总则"
    assert len(draft.notes) == 1


def test_a_file_without_one_title_takes_its_name() -> None:
    assert read("## 一\n\n甲\n\n## 二\n\n乙\n".encode(), "C:\\课件\\急救.md").title == "急救"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("没有标题的一段文字。".encode(), "标题"),
        ("# 只有课名\n\n".encode(), "正文"),
        (b"PK\x03\x04\x14\x00\x00\x00", "Markdown"),
        (b"\xff\xfe\x00\x01\x02\x03", "UTF-8"),
        (b"", "标题"),
        (b"x" * (5 * 1024 * 1024 + 1), "5 MB"),
        ("# 课\n\n## 一\n\n## 二\n".encode(), "没有正文"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_sentence(content: bytes, says: str) -> None:
    with pytest.raises(Unreadable, match=says):
        read(content, "x.md")


@given(st.text(max_size=400))
def test_any_text_gives_a_course_or_a_sentence(text: str) -> None:
    try:
        draft = read(text.encode("utf-8", "ignore"), "x.md")
    except Unreadable as problem:
        assert str(problem)
    else:
        assert all(lesson.blocks for lesson in draft.lessons)


@given(st.binary(max_size=200))
def test_any_bytes_give_a_course_or_a_sentence(content: bytes) -> None:
    try:
        read(content, "x.md")
    except Unreadable as problem:
        assert str(problem)
