"""A Word file as a course: what is carried over, and what is named because it cannot be."""

import io
import re
from typing import Any

import pytest
from docx import Document
from docx.oxml.parser import parse_xml
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from courses.imports import CourseDraft, Sent, Unreadable, read
from courses.imports.draft import words_of
from courses.imports.word.numbering import chinese, roman, written
from tests.cms.pictures import encoded, png
from tests.courses.word_files import WPS, changed, declared, saved, word


def course(content: bytes, name: str = "急救.docx") -> CourseDraft:
    return read([Sent(name, content)])


def html(draft: CourseDraft) -> str:
    return "".join(str(block["value"]) for block in draft.lessons[0].blocks if block["type"] == "rich_text")


def notes(draft: CourseDraft) -> str:
    return "\n".join(map(str, draft.notes))


def test_title_headings_and_text_become_course_lessons_and_words() -> None:
    def fill(document: Any) -> None:
        document.add_heading("验电 & 接地", 2)
        document.add_paragraph("用<相应电压>的验电器。")
        document.add_heading("胸外按压", 1)
        document.add_paragraph("每分钟 100 次。")

    draft = course(word(fill))
    assert draft.title == "触电急救"
    assert [lesson.title for lesson in draft.lessons] == ["脱离电源", "胸外按压"]
    assert html(draft) == "<p>先断电，再救人。</p><h3>验电 &amp; 接地</h3><p>用&lt;相应电压&gt;的验电器。</p>"
    assert draft.lessons[0].characters == len("先断电，再救人。验电&接地用<相应电压>的验电器。")
    assert draft.notes == []


def test_one_highest_heading_is_the_title_and_a_file_without_one_gives_its_name() -> None:
    document = Document()
    for title in ("甲课", "乙课"):
        document.add_heading(title, 1)
        document.add_paragraph("正文")
    assert course(saved(document), "C:\\课件\\急救.docx").title == "急救"


def test_modules_over_lessons_by_their_words() -> None:
    document = Document()
    document.add_heading("安全培训", 0)
    for module in ("模块一 理论", "模块二 实操"):
        document.add_heading(module, 1)
        document.add_heading(f"{module[-2:]}课", 2)
        document.add_paragraph("正文")
    draft = course(saved(document))
    assert draft.outline()[0][0] == "模块一 理论"
    assert [(lesson.module, lesson.title) for lesson in draft.lessons] == [
        ("模块一 理论", "理论课"),
        ("模块二 实操", "实操课"),
    ]


def test_a_statute_without_styles_is_divided_by_its_chapters() -> None:
    document = Document()
    for text in ("示例管理规定", "（2026年印发）", "第一章 总则", "第一条 为了示例，制定本规定。",
                 "第二章 附则", "第二条 本规定自印发之日起施行。"):  # fmt: skip
        document.add_paragraph(text)
    draft = course(saved(document))
    assert (draft.title, draft.summary) == ("示例管理规定", "（2026年印发）")
    assert [lesson.title for lesson in draft.lessons] == ["第一章 总则", "第二章 附则"]
    assert html(draft) == "<p><b>第一条</b> 为了示例，制定本规定。</p>"
    assert "标题样式" in notes(draft)


def test_bold_italic_links_lists_and_nested_lists() -> None:
    def fill(document: Any) -> None:
        line = document.add_paragraph("务必")
        line.add_run("验").bold = True
        line.add_run("电").bold = True
        line.add_run("，快").italic = True
        document.add_paragraph("一", style="List Number")
        document.add_paragraph("二", style="List Number")
        document.add_paragraph("甲", style="List Bullet 2")
        document.add_paragraph("三", style="List Number")

    found = html(course(word(fill)))
    assert "<p>务必<b>验电</b><i>，快</i></p>" in found
    assert "<ol><li>一</li><li>二<ul><li>甲</li></ul></li><li>三</li></ol>" in found


def test_a_list_that_goes_on_keeps_its_numbers() -> None:
    def fill(document: Any) -> None:
        document.add_paragraph("一", style="List Number")
        document.add_paragraph("插话")
        document.add_paragraph("二", style="List Number")

    assert "<ol><li>一</li></ol><p>插话</p><p>2. 二</p>" in html(course(word(fill)))


def test_numbers_that_word_prints_by_itself_are_written_out() -> None:
    """Headings and articles of company rules are often numbered by a list, so the text does not say 第一章."""
    document = Document()
    document.add_heading("规定", 0)
    numbering = document.part.numbering_part.element
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/>'
        f'<w:lvlText w:val="第%{level + 1}{unit}"/></w:lvl>'
        for level, unit in enumerate(("章", "条"))
    )
    numbering.insert(0, parse_xml(declared(f'<w:abstractNum w:abstractNumId="90">{levels}</w:abstractNum>')))
    numbering.append(parse_xml(declared('<w:num w:numId="90"><w:abstractNumId w:val="90"/></w:num>')))
    for level, text in ((0, "总则"), (1, "甲。"), (1, "乙。"), (0, "附则"), (1, "丙。")):
        style = "Normal" if level else "Heading 1"
        paragraph = document.add_paragraph(text, style=style)
        number = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="90"/></w:numPr>'
        paragraph._p.get_or_add_pPr().append(parse_xml(declared(number)))
    draft = course(saved(document))
    assert [lesson.title for lesson in draft.lessons] == ["第一章 总则", "第二章 附则"]
    assert html(draft) == "<p><b>第一条</b> 甲。</p><p><b>第二条</b> 乙。</p>"


def test_powers_stay_powers() -> None:
    def fill(document: Any) -> None:
        line = document.add_paragraph("10")
        line.add_run("-3").font.superscript = True
        line.add_run(" A，CO")
        line.add_run("2").font.subscript = True

    assert "10⁻³ A，CO₂" in html(course(word(fill)))


def test_callouts_and_articles() -> None:
    def fill(document: Any) -> None:
        line = document.add_paragraph()
        line.add_run("要点：").bold = True
        line.add_run("先断电。")
        document.add_paragraph("【警示】严禁用手去拉。")
        document.add_paragraph("依据：《安全生产法》第二十八条。")
        document.add_paragraph("依据法律作出的决定不是提示框。")
        document.add_paragraph("警示：")
        document.add_paragraph("戴绝缘手套", style="List Bullet")

    draft = course(word(fill))
    boxes = [block["value"] for block in draft.lessons[0].blocks if block["type"] == "callout"]
    assert [(box["tone"], box["text"]) for box in boxes] == [
        ("key", "<p>先断电。</p>"),
        ("warning", "<p>严禁用手去拉。</p>"),
        ("basis", "<p>《安全生产法》第二十八条。</p>"),
        ("warning", "<ul><li>戴绝缘手套</li></ul>"),
    ]
    assert (boxes[2]["document"], boxes[2]["clause"]) == ("安全生产法", "第二十八条")
    assert "依据法律作出的决定不是提示框。" in html(draft)


def test_a_table_with_merged_cells_says_so() -> None:
    def fill(document: Any) -> None:
        table = document.add_table(3, 3)
        table.cell(0, 0).merge(table.cell(0, 1)).text = "横"
        table.cell(1, 0).merge(table.cell(2, 0)).text = "竖"
        table.cell(2, 2).text = "角"

    draft = course(word(fill))
    table = draft.lessons[0].blocks[1]
    assert table["value"]["data"] == [["横", "", ""], ["竖", "", ""], ["", "", "角"]]
    assert "合并单元格" in notes(draft)


def test_pictures_are_drawn_anew_once_each_with_their_description() -> None:
    def fill(document: Any) -> None:
        for described in ("三人在按压", ""):
            document.add_picture(io.BytesIO(png(3000, 40)))
            document.inline_shapes[-1]._inline.docPr.set("descr", described)
        document.add_paragraph("图 1　按压", style="Caption")
        document.add_picture(io.BytesIO(encoded("JPEG")))

    draft = course(word(fill))
    pictures = draft.lessons[0].pictures
    assert [picture["alt"] for picture in pictures] == ["三人在按压", "", ""]
    assert pictures[1]["caption"] == "图 1　按压"
    assert pictures[0]["file"] == pictures[1]["file"] != pictures[2]["file"]
    assert Image.open(io.BytesIO(draft.pictures[pictures[0]["file"]])).width == 1920
    assert notes(draft).count("缺少说明文字") == 2


def around(inside: str) -> str:
    return f"<w:p><w:r><w:t>带有</w:t></w:r>{inside}</w:p>"


def drawn(name: str, inside: str) -> str:
    graphic = f"<a:graphic><a:graphicData>{inside}</a:graphicData></a:graphic>"
    return around(
        f'<w:r><w:drawing><wp:inline><wp:docPr id="1" name="{name}"/>{graphic}</wp:inline></w:drawing></w:r>'
    )


WORDS = "<w:txbxContent><w:p><w:r><w:t>框里的话</w:t></w:r></w:p></w:txbxContent>"
BOX = f"<wps:wsp {WPS}><wps:txbx>{WORDS}</wps:txbx></wps:wsp>"
OBJECT = '<w:r><w:object><o:OLEObject ProgID="Excel.Sheet.12"/></w:object></w:r>'
PICTURE = '<pic:pic><pic:blipFill><a:blip r:embed="rId77"/></pic:blipFill></pic:pic>'
LOST = {
    "text box": (drawn("框", BOX), "文本框未导入：“框里的话”"),
    "chart": (drawn("饼图 3", '<c:chart r:id="rId99"/>'), "图表未导入，请截图后补上：饼图 3"),
    "SmartArt": (drawn("流程 4", "<dgm:relIds/>"), "SmartArt 图形未导入，请截图后补上：流程 4"),
    "shape": (drawn("箭头 5", f"<wps:wsp {WPS}/>"), "手绘图形未导入：箭头 5"),
    "missing picture": (drawn("图 9", PICTURE), "文件中缺少图片内容：图 9"),
    "object": (around(OBJECT), "嵌入对象未导入，请以图片或附件补上：Excel.Sheet.12"),
    "formula": (around("<m:oMath><m:r><m:t>U=IR</m:t></m:r></m:oMath>"), "公式未导入"),
    "deleted": (
        around("<w:del><w:r><w:delText>旧词</w:delText></w:r></w:del>"),
        "修订中删除的文字未导入：“旧词”",
    ),
    "inserted": (around("<w:ins><w:r><w:t>新词</w:t></w:r></w:ins>"), "修订中插入的文字已导入：“新词”"),
    "footnote": (around('<w:r><w:footnoteReference w:id="2"/></w:r>'), "脚注未导入"),
    "hidden": (around("<w:r><w:rPr><w:vanish/></w:rPr><w:t>密</w:t></w:r>"), "隐藏文字未导入：“密”"),
    "symbol": (around('<w:r><w:sym w:font="Webdings" w:char="F041"/></w:r>'), "字体 Webdings 的一个符号未导入"),
    "unknown": (around("<w:r><w:ruritanian/></w:r>"), "ruritanian"),
}


@pytest.mark.parametrize("name", LOST)
def test_what_cannot_be_carried_over_is_named_with_its_place(name: str) -> None:
    part, said = LOST[name]
    draft = course(word(None, part))
    note = next(note for note in draft.notes if said in note.text)
    assert note.place.startswith("脱离电源 · 第 4 段“带有")
    assert "带有" in html(draft)


def test_a_formula_leaves_a_mark_and_inserted_words_stay() -> None:
    assert "带有［公式］" in html(course(word(None, LOST["formula"][0])))
    assert "带有新词" in html(course(word(None, LOST["inserted"][0])))
    assert "旧词" not in html(course(word(None, LOST["deleted"][0])))


def test_a_comment_is_named_with_its_author() -> None:
    def fill(document: Any) -> None:
        line = document.add_paragraph("这里")
        document.add_comment(line.runs, text="数字再核一下", author="张三", initials="z")

    assert "张三 的批注未导入：“数字再核一下”" in notes(course(word(fill)))


def test_drawings_of_other_formats_are_named() -> None:
    """EMF, WMF and the like, whatever the part is called."""
    content = word(lambda document: document.add_picture(io.BytesIO(png())))
    emf = changed(content, **{"word__media__image1.png": b"\x01\x00\x00\x00" + b"\x00" * 200})
    draft = course(emf)
    assert draft.lessons[0].pictures == []
    assert "image1.png" in notes(draft)
    assert "另存为 PNG 或 JPEG" in notes(draft)


def test_fields_show_their_result_and_lead_where_they_led() -> None:
    def field(instruction: str, shown: str) -> str:
        mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
        return (
            f"<w:p>{mark.format('begin')}<w:r><w:instrText>{instruction}</w:instrText></w:r>{mark.format('separate')}"
            f"<w:r><w:t>{shown}</w:t></w:r>{mark.format('end')}</w:p>"
        )

    link = field(' HYPERLINK "https://example.com/a" ', "规程")
    draft = course(word(None, link, field(' TOC \\o "1-3" ', "脱离电源 1")))
    assert '<a href="https://example.com/a">规程</a>' in html(draft)
    assert "脱离电源 1" not in html(draft)
    assert "目录未导入" in notes(draft)


def test_headers_and_footers_are_named_once() -> None:
    def fill(document: Any) -> None:
        document.sections[0].header.paragraphs[0].text = "云岭县供电公司"

    assert notes(course(word(fill))).count("页眉页脚未导入：“云岭县供电公司”") == 1


def test_a_file_without_headings_says_what_to_do() -> None:
    document = Document()
    document.add_paragraph("一段话")
    with pytest.raises(Unreadable, match="标题 1"):
        course(saved(document))


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (1, "一"),
        (10, "十"),
        (12, "十二"),
        (20, "二十"),
        (105, "一百零五"),
        (110, "一百一十"),
        (1001, "一千零一"),
        (0, "零"),
    ],
)
def test_chinese_numerals(count: int, said: str) -> None:
    assert chinese(count) == said


def test_other_ways_to_write_a_number() -> None:
    assert [roman(count) for count in (4, 9, 14, 1999)] == ["IV", "IX", "XIV", "MCMXCIX"]
    assert [written(3, kind) for kind in ("lowerLetter", "upperRoman", "decimalEnclosedCircle", "none")] == [
        "c", "III", "③", ""
    ]  # fmt: skip


STYLES = st.sampled_from(["Normal", "Heading 1", "Heading 2", "List Number", "List Bullet 2"])
TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=12)


@settings(max_examples=15)
@given(st.lists(st.tuples(STYLES, TEXTS), max_size=12))
def test_no_word_is_lost_or_moved(lines: list[tuple[str, str]]) -> None:
    document = Document()
    document.add_heading("课", 0)
    document.add_heading("一", 1)
    document.add_paragraph("始")
    for style, text in lines:
        document.add_paragraph(text, style=style)
        document.add_paragraph("文")
    document.add_paragraph("终")
    draft = course(saved(document))
    kept = "".join(
        lesson.title + "".join(words_of(block["value"]) for block in lesson.blocks) for lesson in draft.lessons
    )
    assert _letters(kept) == _letters("一始" + "".join(f"{text}文" for _style, text in lines) + "终")


def _letters(text: str) -> str:
    """Without blanks and without the numbers that lists add."""
    return re.sub(r"[\s\d.]", "", text)
