"""Texts of questions as HTML: nothing unsafe comes out, formulas and media stay."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exams import markup

NAME = "ab" * 32


def address(name: str) -> str:
    return f"/m/{name[:4]}/"


def html(text: str, form: str = "html", **how: bool) -> str:
    return str(markup.rendered(text, form, address, **how))


def test_plain_text_keeps_its_lines_and_nothing_else() -> None:
    assert html("一\n<b>二</b>", "plain") == "一<br>&lt;b&gt;二&lt;/b&gt;"


def test_formulas_stay_as_they_are_written() -> None:
    assert html(r"若 \(a<b\) 则", "plain") == r'若 <span class="formula">\(a&lt;b\)</span> 则'
    assert html(r"<p>\[x^2\]</p>") == r'<p><span class="formula formula-block">\[x^2\]</span></p>'
    assert markup.has_formula(r"\(x\)") and not markup.has_formula(r"(x)")


def test_a_formula_in_a_description_breaks_out_of_nothing() -> None:
    attack = html(rf'<img src="media:{NAME}" alt="\( onerror=alert(1) x=\)">')
    assert attack == r'<img src="/m/abab/" alt="\( onerror=alert(1) x=\)">'


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        (f'<img src="media:{NAME}" onerror="x()">', '<img src="/m/abab/">'),
        ('<img src="https://example.com/x.png">', "<img>"),
        (f'<img src="media:{NAME}/../x">', "<img>"),
        ('<a href="javascript:x()">字</a>', "字"),
        ("<script>x()</script>字", "字"),
        ('<p style="position:fixed" class="x">字</p>', "<p>字</p>"),
        ("H<sub>2</sub>O", "H<sub>2</sub>O"),
        (f'<audio src="media:{NAME}"></audio>', '<audio src="/m/abab/" controls=""></audio>'),
        ("<table><tr><td colspan=2>格</table>", '<table><tbody><tr><td colspan="2">格</td></tr></tbody></table>'),
    ],
)
def test_only_what_questions_need_comes_out(text: str, kept: str) -> None:
    assert html(text) == kept


def test_one_paragraph_needs_none_inside_a_line() -> None:
    assert html("<p>甲</p>", inline=True) == "甲" and html("<p>甲</p><p>乙</p>", inline=True) == "<p>甲</p><p>乙</p>"


def test_cleaning_keeps_the_names_of_media() -> None:
    assert markup.clean(f'<p><img src="media:{NAME}" onload="x"></p>', "html") == f'<p><img src="media:{NAME}"></p>'
    assert markup.media(f"media:{NAME} media:{'0' * 63}") == {NAME}


def test_the_words_of_a_formatted_text() -> None:
    text = f'<p>一 &lt; 二</p><ul><li>三</li></ul><img src="media:{NAME}" alt="图">'
    assert markup.bare(text, "html") == "一 < 二\n三\n图" and markup.bare("<p>", "plain") == "<p>"


@given(st.text(alphabet="<>\"'=/&;()\\[] apimgsrconerrorx:\n", max_size=60), st.sampled_from(["html", "plain"]))
def test_nothing_that_runs_ever_comes_out(text: str, form: str) -> None:
    once = markup.clean(text, form)
    assert markup.clean(once, form) == once
    tags = markup._PIECES.split(html(text, form))[1::2]
    assert all(" on" not in tag.replace('"', " ").split("=")[0] for tag in tags if not tag.startswith("<img"))
    assert not any("javascript:" in tag or 'src="http' in tag for tag in tags)
