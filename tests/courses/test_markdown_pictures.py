"""Markdown with pictures: in a zip file, or several files at once."""

import base64
import io
import zipfile

import pytest

from courses.imports import Sent, Unreadable, read
from tests.cms.pictures import encoded, png

TEXT = """# 触电急救

## 脱离电源

先断电。

![拉开总开关](images/%E5%BC%80%E5%85%B3.png "图 1")

前文 ![](./images/b.jpg) 后文
"""


def zipped(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def as_windows_packs(name: str, content: bytes) -> bytes:
    """One stored file whose Chinese name is GBK, without the mark that says which encoding it is in."""
    stand_in = "x" * len(name.encode("gbk"))
    return zipped({stand_in: content}).replace(stand_in.encode(), name.encode("gbk"))


def blocks(*files: Sent) -> list[tuple[str, str, str]]:
    """Kind, words or description, caption."""
    return [
        (part["type"], str(part.get("alt", part.get("value"))), part.get("caption", ""))
        for part in read(files).lessons[0].blocks
    ]


EXPECTED = [
    ("rich_text", "<p>先断电。</p>", ""),
    ("image", "拉开总开关", "图 1"),
    ("rich_text", "<p>前文  后文</p>", ""),
    ("image", "", ""),
]


def test_a_zip_of_text_and_pictures() -> None:
    parts = {
        "课件/急救.md": TEXT.encode(), "课件/images/开关.png": png(), "课件/images/b.jpg": encoded("JPEG"),
        "__MACOSX/课件/._急救.md": b"x", "课件/.DS_Store": b"x",
    }  # fmt: skip
    content = zipped(parts)
    assert blocks(Sent("课件.zip", content)) == EXPECTED
    draft = read([Sent("课件.zip", content)])
    assert [(note.place, "b.jpg" in note.text) for note in draft.notes] == [("第 9 行", True)]
    assert sorted(draft.pictures) == ["b.jpg", "开关.png"]


def test_several_files_at_once_lie_side_by_side() -> None:
    files = [Sent("急救.md", TEXT.encode()), Sent("开关.png", png()), Sent("b.jpg", encoded("JPEG"))]
    assert blocks(*files) == EXPECTED


def test_a_missing_picture_is_named_with_its_line_and_an_unused_file_too() -> None:
    draft = read([Sent("急救.md", TEXT.encode()), Sent("b.jpg", encoded("JPEG")), Sent("c.png", png())])
    said = [str(note) for note in draft.notes]
    assert "第 7 行  文件中缺少这张图片：images/开关.png" in said
    assert any("c.png" in line and "没有用到" in line for line in said)


def test_a_name_that_windows_packed_as_gbk() -> None:
    content = as_windows_packs("带电作业急救.md", "## 一\n\n甲\n\n## 二\n\n乙\n".encode() * 9)
    assert read([Sent("课件.zip", content)]).title == "带电作业急救"


def test_tags_pasted_pictures_and_pictures_from_elsewhere() -> None:
    pasted = base64.b64encode(png(8, 8)).decode()
    text = (
        '# 课\n\n## 一\n\n<img src="a.png" alt="图中两人" style="zoom:50%"/>\n\n'
        f"![贴图](data:image/png;base64,{pasted})\n\n![远](https://example.com/x.png)\n\n"
        "![本机](file:///etc/passwd)\n\n![上](../../../etc/passwd)\n"
    )
    draft = read([Sent("a.md", text.encode()), Sent("a.png", png())])
    assert [part["alt"] for part in draft.lessons[0].pictures] == ["图中两人", "贴图"]
    said = "\n".join(map(str, draft.notes))
    assert "第 9 行  外部地址的图片未导入，请另行上传：https://example.com/x.png" in said
    assert "第 11 行" in said and "第 13 行  文件中缺少这张图片" in said


def test_what_only_pretends_to_be_a_picture_is_named() -> None:
    text = "# 课\n\n## 一\n\n正文\n\n![甲](a.png)\n\n![乙](b.svg)\n"
    draft = read([Sent("a.md", text.encode()), Sent("a.png", b"<svg onload=x>"), Sent("b.svg", b"<svg/>")])
    assert draft.pictures == {}
    assert [note.place for note in draft.notes] == ["第 7 行", "第 9 行"]


def test_many_large_pictures_are_not_all_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("courses.imports.pictures.MAX_PIXELS_TOGETHER", 150 * 100)
    text = "# 课\n\n## 一\n\n正文\n\n![甲](a.png)\n\n![乙](b.png)\n"
    draft = read([Sent("a.md", text.encode()), Sent("a.png", png(100, 100)), Sent("b.png", png(100, 99))])
    assert list(draft.pictures) == ["a.png"]
    assert "b.png" in draft.notes[0].text


@pytest.mark.parametrize(
    ("files", "says"),
    [
        ([Sent("a.md", b"# x"), Sent("b.md", b"# y")], "a.md、b.md"),
        ([Sent("a.png", png()), Sent("b.png", png())], "没有 Markdown"),
        ([Sent("a.zip", zipped({"a.png": png(), "x": b"x" * 200}))], "没有 Markdown"),
        ([Sent("a.zip", zipped({"../a.md": TEXT.encode()}))], "包外"),
        ([Sent("a.zip", zipped({"a.md": TEXT.encode(), "b.docx": b"PK" * 99}))], "单独选择"),
        ([Sent("a.md", TEXT.encode()), Sent("a.zip", zipped({"a.md": TEXT.encode()}))], "单独选择"),
        ([Sent("a.md", b"x" * 11_000_000), Sent("a.png", b"x" * 11_000_000)], "20 MB"),
    ],
)
def test_what_is_no_course_is_refused_with_a_sentence(files: list[Sent], says: str) -> None:
    with pytest.raises(Unreadable, match=says):
        read(files)
