"""From words to a PDF and a picture: one page, tagged, and blind to everything but its own assets."""

import re
import zlib
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace

import pypdfium2
import pytest
from PIL import Image

from certificates.rendering import glyphs, ornaments, picture, press
from certificates.rules import Wording
from lms.kernel.press import UnknownAsset, fonts
from lms.kernel.press.press import _fetcher, _is_everyday, _press

pytestmark = pytest.mark.once

CODE = "abcdefghijklmnopqrstuvwxyz1"
WORDS = {
    "title": "培训合格证书",
    "serial": "YL-AQ-2026-000123",
    "name": "李振东",
    "number": "00120039",
    "unit": "变电运维班",
    "course": "触电急救（理论）",
    "hours": "1",
    "score": "92",
    "date": "2026年11月20日",
    "valid_until": "2029年11月19日",
    "lead": "兹证明",
    "body": "于2026年11月20日完成《触电急救（理论）》培训，计1学时，经考核合格，特发此证。",
    "signer": "云岭县供电公司",
    "signer_title": "人力资源部",
    "seal_text": "演示专用",
}
HOSTILE = [
    '<img src="file:///etc/passwd">',
    '<link rel="attachment" href="file:///etc/passwd">',
    "<style>@font-face{font-family:x;src:url(http://127.0.0.1/x)}*{font-family:x}</style>",
    "<style>body{background:url(http://169.254.169.254/latest/meta-data)}</style>",
    '<script>alert(1)</script><svg onload="alert(1)"/>',
    '"><iframe src=http://127.0.0.1:1/></iframe>',
    "{{ settings.SECRET_KEY }}{% include 'base.html' %}",
    "asset:font-400",
]


def words(**changes: str) -> Wording:
    return Wording(**{**WORDS, **changes})


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    text = document[0].get_textpage().get_text_range()
    document.close()
    return re.sub(r"\s+", "", text)


def unpacked(pdf: bytes) -> bytes:
    """The bytes with every compressed stream opened."""
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL)
    opened = []
    for stream in streams:
        try:
            opened.append(zlib.decompress(stream))
        except zlib.error:
            continue
    return pdf + b"\n".join(opened)


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return press.pdf(words(), code=CODE)


def test_the_page_says_what_is_certified(pdf: bytes) -> None:
    text = text_of(pdf)
    for expected in ("培训合格证书", "兹证明", "李振东", "YL-AQ-2026-000123", "特发此证", "2026年11月20日", "92分"):
        assert expected in text


def test_it_is_one_landscape_page(pdf: bytes) -> None:
    document = pypdfium2.PdfDocument(pdf)
    assert len(document) == 1
    width, height = document[0].get_size()
    document.close()
    assert (round(width), round(height)) == (842, 595)


def test_it_is_tagged_for_screen_readers(pdf: bytes) -> None:
    opened = unpacked(pdf)
    assert b"/MarkInfo" in opened
    assert b"/Marked true" in opened
    assert b"/StructTreeRoot" in opened
    assert re.search(rb"/Lang \((zh-CN)\)", opened)
    assert b"/DisplayDocTitle true" in opened
    assert b"pdfuaid:part" in opened
    assert opened.count(b"/S /Figure") == 2  # code and seal
    assert opened.count(b"/Alt ") >= 2
    assert b"/S /H1" in opened


def test_it_carries_its_fonts_and_nothing_else(pdf: bytes) -> None:
    opened = unpacked(pdf)
    assert b"/FontFile2" in opened
    for forbidden in (b"/EmbeddedFile", b"/JavaScript", b"/Launch", b"/Filespec", b"/AcroForm", b"/GoToR"):
        assert forbidden not in opened


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_are_printed_and_not_obeyed(text: str) -> None:
    printed = press.pdf(words(name=text, unit=text, body=text, signer=text, title=text, seal_text=text), code=CODE)
    assert re.sub(r"\s+", "", text)[:12] in text_of(printed)
    opened = unpacked(printed)
    for forbidden in (b"/EmbeddedFile", b"root:x:0", b"/URI", b"only-for-tests", b"/JavaScript"):
        assert forbidden not in opened


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "http://127.0.0.1/",
        "https://example.com/x",
        "data:text/css,a",
        "asset:../settings",
        "ftp://x",
    ],
)
def test_nothing_but_a_named_asset_can_be_fetched(address: str) -> None:
    with pytest.raises(UnknownAsset):
        _fetcher({"font-400": (b"", "font/ttf")}).fetch(address)


def test_the_longest_words_the_database_can_hold_stay_on_one_page() -> None:
    longest = words(
        name="很长" * 50, unit="单位" * 50, title="证书" * 50, signer="公司" * 50, signer_title="部门" * 50,
        body="句子" * 350, seal_text="印章" * 30, number="9" * 32, serial="S" * 40,
    )  # fmt: skip
    document = pypdfium2.PdfDocument(press.pdf(longest, code="x" * 40))
    assert len(document) == 1
    document.close()


def test_without_seal_text_no_seal_is_drawn() -> None:
    opened = unpacked(press.pdf(words(seal_text=""), code=CODE))
    assert opened.count(b"/S /Figure") == 1


def test_a_document_does_not_carry_the_words_of_the_one_before(pdf: bytes) -> None:
    second = press.pdf(words(name="王凯"), code=CODE)
    assert "李振东" not in text_of(second)
    assert "王凯" in text_of(second)


def test_the_drawings_are_embedded_once_and_compressed(pdf: bytes) -> None:
    assert len(pdf) < 120_000
    assert pdf.count(b"/Subtype /Form") >= 3


def test_the_code_is_drawn_module_by_module() -> None:
    drawing = ornaments.qr("https://example.com/verify/" + CODE)
    assert drawing.width == drawing.height
    assert drawing.operators.count(b" re") > 100


def test_the_picture_fits_a_phone(pdf: bytes) -> None:
    png = picture.png(pdf)
    image = Image.open(BytesIO(png))
    assert (image.format, image.size) == ("PNG", (1400, 990))
    assert len(png) < 400_000
    colours = image.convert("RGB").resize((140, 99)).getcolors(20_000)
    assert colours
    assert len(colours) > 20  # something is on it


@pytest.mark.parametrize("name", ["李振东", "𠅤𫖯𬭎䶮㛃𬱖", "阿依古丽·买买提", "José Núñez", "𰻝"])
def test_names_that_our_fonts_can_write(name: str) -> None:
    assert glyphs.missing(name) == []


@pytest.mark.parametrize(
    ("name", "missing"),
    [
        ("张𪚥", ["𪚥"]),
        ("张👍", ["👍"]),
        ("张\u200d三", ["\u200d"]),
        ("\u202e张三", ["\u202e"]),
        ("张\ue000", ["\ue000"]),
        ("张\x07", ["\x07"]),
        ("𪚥𪚥👍", ["𪚥", "👍"]),
    ],
)
def test_characters_that_would_print_as_a_box_or_turn_the_line_are_found(name: str, missing: list[str]) -> None:
    assert glyphs.missing(name) == missing


def test_a_reason_names_the_characters_and_fits_its_column() -> None:
    reason = glyphs.reason([chr(0x2A6A0 + n) for n in range(80)])
    assert len(reason) <= 255
    assert glyphs.held_characters("glyphs U+2A6A5 U+202E") == ["𪚥 (U+2A6A5)", "□ (U+202E)"]
    assert glyphs.held_characters("failed") == []


def test_a_rare_name_is_printed_with_the_full_font() -> None:
    assert not _is_everyday("张䶮")
    assert "张䶮𬱖" in text_of(press.pdf(words(name="张䶮𬱖"), code=CODE))


def test_a_font_added_by_the_administrator_prints_what_ours_lack(monkeypatch: pytest.MonkeyPatch) -> None:
    full = fonts.unpacked()
    ours, core = full[400], fonts.core()[400]
    monkeypatch.setattr("certificates.rendering.outlines.fonts", SimpleNamespace(unpacked=lambda: full))
    monkeypatch.setattr("lms.kernel.press.press.fonts.unpacked", lambda: {400: core})
    monkeypatch.setattr("lms.kernel.press.press.fonts.core", lambda: {400: core})
    monkeypatch.setattr("lms.kernel.press.press.fonts.fallbacks", lambda: [ours])
    _press.cache_clear()
    try:
        assert "张䶮" in text_of(press.pdf(words(name="张䶮"), code=CODE))
    finally:
        _press.cache_clear()


def test_everyday_characters_need_the_small_font_only() -> None:
    assert _is_everyday(words().printed())
    for weight, path in fonts.core().items():
        assert path.stat().st_size * 4 < fonts.unpacked()[weight].stat().st_size


def test_fonts_are_unpacked_once(tmp_path: Path, settings: pytest.FixtureRequest) -> None:
    settings.DATA_DIR = tmp_path  # type: ignore[attr-defined]
    first = fonts.unpacked()
    written = {path: path.stat().st_mtime_ns for path in first.values()}
    assert set(first) == {400, 700}
    assert {path: path.stat().st_mtime_ns for path in fonts.unpacked().values()} == written
    assert [path.name for path in (tmp_path / "fonts").iterdir() if path.suffix != ".ttf"] == []
