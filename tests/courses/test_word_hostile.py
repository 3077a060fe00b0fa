"""Files that are no Word files, or mean harm: one clear sentence, and nothing unpacked."""

import io
import zipfile
from collections.abc import Callable

import pytest

from courses.imports import Sent, Unreadable, archives, read
from tests.cms.pictures import png
from tests.courses.word_files import changed, part_of, word

TYPES = "[Content_Types].xml"
MACRO = b"application/vnd.ms-word.document.macroEnabled.main+xml"
SHEET = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
ORDINARY = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
WIDE = b'<w:tc><w:tcPr><w:gridSpan w:val="900000000"/></w:tcPr><w:p/></w:tc>'


def zipped(parts: dict[str, bytes], kind: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", kind) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def of_kind(kind: bytes) -> bytes:
    content = word()
    return changed(content, **{TYPES: part_of(content, TYPES).replace(ORDINARY, kind)})


def with_document(start: bytes, body: bytes) -> bytes:
    w = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    document = start + b'<w:document xmlns:w="' + w + b'"><w:body>' + body + b"</w:body></w:document>"
    return changed(word(), word__document_xml=document)


def external() -> bytes:
    return with_document(
        b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        b"<w:p><w:r><w:t>&a;</w:t></w:r></w:p>",
    )


def laughs() -> bytes:
    grown = b"".join(b'<!ENTITY e%d "%s">' % (n + 1, b"&e%d;" % n * 10) for n in range(9))
    return with_document(
        b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e0 "ha">' + grown + b"]>",
        b"<w:p><w:r><w:t>&e9;</w:t></w:r></w:p>",
    )


def locked() -> bytes:
    content = bytearray(word())
    at = content.find(b"PK\x01\x02")
    content[at + 8] |= 1
    return bytes(content)


def links_outside() -> bytes:
    entry = zipfile.ZipInfo("word/media/link")
    entry.external_attr = 0o120777 << 16
    out = io.BytesIO(word())
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr(entry, "/etc/passwd")
    return out.getvalue()


HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty": (lambda: b"", "空"),
    "old .doc": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "旧版 Word"),
    "password": (lambda: b"\xd0\xcf\x11\xe0" + b"\x00" * 99 + "EncryptedPackage".encode("utf-16-le"), "密码"),
    "encrypted part": (locked, "密码"),
    "pdf": (lambda: b"%PDF-1.7\n" + b"x" * 200, "PDF"),
    "rtf": (lambda: b"{\\rtf1 \\ansi hello}" * 20, "RTF"),
    "text": (lambda: "不是 Word".encode() * 40, "内容却不是"),
    "other zip": (lambda: zipped({"a.md": b"x" * 300}, zipfile.ZIP_STORED), "zip 压缩包"),
    "cut off": (lambda: word()[:5000], "已损坏"),
    "macros": (lambda: of_kind(MACRO), "宏"),
    "template": (lambda: of_kind(ORDINARY.replace(b"document.main", b"template.main")), "模板"),
    "workbook": (lambda: of_kind(SHEET), "Excel"),
    "no body": (lambda: changed(word(), word__document_xml=None), "已损坏"),
    "broken XML": (lambda: changed(word(), word__document_xml=b"<w:document>"), "已损坏"),
    "bomb": (lambda: changed(word(), word__media__a=b"0" * 60_000_000), "解压后太大"),
    "long XML": (lambda: with_document(b"", b"<w:p/>" * 3_600_000), "太"),
    "many parts": (lambda: changed(word(), **{f"word__p{n}": b"" for n in range(2001)}), "解压后太大"),
    "upward": (lambda: changed(word(), **{"..__..__tmp__x": b"x"}), "包外"),
    "absolute": (lambda: changed(word(), **{"__etc__x": b"x"}), "包外"),
    "drive": (lambda: changed(word(), **{"C:\\x": b"x"}), "包外"),
    "link": (links_outside, "包外"),
    "twice": (lambda: changed(word(), WORD__DOCUMENT_xml=b"<a/>"), "同名"),
    "entities": (external, "文件之外"),
    "laughs": (laughs, "文件之外"),
    "deep": (lambda: with_document(b"", b"<w:sdt>" * 200 + b"</w:sdt>" * 200), "已损坏"),
    "wide": (
        lambda: with_document(b"", b"<w:tbl><w:tr>" + WIDE + b"<w:tc/></w:tr></w:tbl>"),
        "63",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_it_is_refused_with_a_sentence(name: str) -> None:
    make, says = HOSTILE[name]
    with pytest.raises(Unreadable, match=says) as problem:
        read([Sent("课件.docx", make())])
    assert "passwd" not in str(problem.value)


def test_a_word_file_by_another_name_is_read_as_what_it_is() -> None:
    for name in ("课件.zip", "课件.md", "课件"):
        assert read([Sent(name, word())]).title == "触电急救"


def test_sizes_are_judged_before_anything_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    def unpacked(*_args: object) -> bytes:
        raise AssertionError("unpacked")

    content = changed(word(), word__media__a=b"0" * 60_000_000)
    monkeypatch.setattr(zipfile.ZipFile, "read", unpacked)
    with pytest.raises(Unreadable):
        archives.opened(content)


def test_a_picture_bomb_is_named_and_left_out() -> None:
    header = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\xff\xff\x00\x00\xff\xff\x08\x02\x00\x00\x00"
    content = word(lambda document: document.add_picture(io.BytesIO(png())))
    draft = read([Sent("课件.docx", changed(content, **{"word__media__image1.png": header + b"\x00" * 99}))])
    assert draft.pictures == {}
    assert any("image1.png" in note.text for note in draft.notes)
