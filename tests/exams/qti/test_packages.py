"""Packages: what is found in them, and what is kept out."""

import io
import struct
import zipfile
from collections.abc import Callable

import pytest

from exams.exchange.qti import read, sniff
from exams.exchange.question import Why
from exams.exchange.unreadable import Unreadable
from tests.exams.qti.samples import choices, item, manifest, package, picture, response

CHOICE = (
    '<p>{}</p><choiceInteraction responseIdentifier="RESPONSE" maxChoices="1">'
    + choices(A="甲", B="乙")
    + "</choiceInteraction>"
)
GOOD = item(CHOICE.format("好题"), declared=response("A"))


def test_items_in_the_order_of_the_test_with_its_weights() -> None:
    refs = (
        '<assessmentItemRef identifier="2" href="items/b.xml"><weight identifier="W" value="3"/></assessmentItemRef>'
        '<assessmentItemRef identifier="1" href="items/a.xml"/>'
        '<assessmentItemRef identifier="3" href="items/gone.xml"/>'
    )
    files = {
        "imsmanifest.xml": manifest("items/a.xml", "items/b.xml", "items/c.xml", "test.xml"),
        "test.xml": f'<assessmentTest identifier="T" title="T"><timeLimits maxTime="60"/>{refs}</assessmentTest>',
        **{f"items/{name}.xml": item(CHOICE.format(name), declared=response("A")) for name in "abc"},
    }
    found = read(package(files), "bank.zip")
    assert [(question.stem, question.points) for question in found.questions] == [("b", "3"), ("a", "1"), ("c", "1")]
    (lost,) = found.not_carried
    assert (lost.place, lost.what, lost.why) == ("test.xml", "3", Why.REFUSED) and "items/gone.xml" in lost.reason
    assert [place for place, _sentence in found.remarks] == ["test.xml"]


def test_texts_shared_by_several_items() -> None:
    shared = GOOD.replace("<itemBody>", '<assessmentStimulusRef identifier="S" href="../shared/s.xml"/><itemBody>')
    files = {
        "imsmanifest.xml": manifest("items/a.xml", "items/b.xml"),
        "items/a.xml": shared,
        "items/b.xml": shared.replace("s.xml", "gone.xml"),
        "shared/s.xml": "<assessmentStimulus><stimulusBody><p>材料</p></stimulusBody></assessmentStimulus>",
    }
    found = read(package(files), "bank.zip")
    assert [question.stem for question in found.questions] == ["材料\n好题"]
    assert [lost.place for lost in found.not_carried] == ["items/b.xml · I1"]


def test_metadata_say_more() -> None:
    lom = (
        "<lom><general><keyword><string>停电</string></keyword></general>"
        "<educational><difficulty><source>LOMv1.0</source><value>difficult</value></difficulty></educational>"
        "<classification><taxonPath><taxon><entry><string>安规</string></entry></taxon>"
        "<taxon><entry><string>线路</string></entry></taxon></taxonPath></classification></lom>"
    )
    (question,) = read(package({"imsmanifest.xml": manifest("a.xml", metadata=lom), "a.xml": GOOD}), "b.zip").questions
    assert (question.topic, question.tags, question.difficulty) == ("安规/线路", ("停电",), 4)


def test_without_a_manifest_all_is_read_and_said() -> None:
    found = read(
        package({"a.xml": GOOD, "b/c.xml": GOOD, "__MACOSX/a.xml": b"\0", ".DS_Store": b"\0", "x.xml": "<x/>"}),
        "b.zip",
    )
    assert len(found.questions) == 2 and len(found.remarks) == 1


def test_broken_files_are_listed_beside_the_good_ones() -> None:
    files: dict[str, str | bytes] = {
        "imsmanifest.xml": manifest("a.xml", "b.xml", "gone.xml"),
        "a.xml": GOOD,
        "b.xml": "<assessmentItem>",
        "inner.zip": b"PK",
    }
    found = read(package(files), "bank.zip")
    assert len(found.questions) == 1
    assert [(lost.place, lost.why) for lost in found.not_carried] == [
        ("imsmanifest.xml", Why.REFUSED),
        ("b.xml", Why.REFUSED),
        ("inner.zip", Why.UNSUPPORTED),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "gb18030", "gbk"])
def test_encodings(encoding: str) -> None:
    declared = f'<?xml version="1.0" encoding="{encoding}"?>' + GOOD
    assert read(declared.encode(encoding), "a.xml").questions[0].stem == "好题"


def test_gb18030_that_does_not_say_so() -> None:
    assert read(GOOD.encode("gb18030"), "a.xml").questions[0].stem == "好题"


BOMB = (
    "<!DOCTYPE a [<!ENTITY a 'ha'>"
    + "".join(f"<!ENTITY a{n} '{f'&a{n - 1 or str()};' * 9}'>" for n in range(1, 9))
    + "]><a>&a8;</a>"
)
OUTSIDE = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'
DEEP = "<a>" * 200 + "</a>" * 200


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"nothing",
        b"<a>",
        b"PK\x03\x04broken",
        BOMB.encode(),
        OUTSIDE.encode(),
        DEEP.encode(),
        b"<a/>",
        b"\xff\xfe<a",
        b'<?xml version="1.0" encoding="utf-8"?><a>\xff</a>',
        b'<?xml version="1.0" encoding="none-such"?><a/>',
    ],
)
def test_unreadable_files_say_so_in_one_sentence(data: bytes) -> None:
    with pytest.raises(Unreadable) as refused:
        read(data, "item.xml")
    assert str(refused.value)


def zipped(**files: bytes) -> bytes:
    return package({name.replace("__", "/"): content for name, content in files.items()})


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.xml", b"0" * (20 * 1024 * 1024))
    return out.getvalue()


def renamed(name: str) -> Callable[[], bytes]:
    return lambda: package({name: GOOD})


def link() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        info = zipfile.ZipInfo("a.xml")
        info.external_attr = 0o120777 << 16
        archive.writestr(info, "/etc/passwd")
    return out.getvalue()


def protected() -> bytes:
    data = bytearray(package({"a.xml": GOOD}))
    at = data.rindex(b"PK\x01\x02")
    data[at + 8 : at + 10] = struct.pack("<H", 1)
    return bytes(data)


def twice() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.xml", GOOD)
        archive.writestr("A.xml", GOOD)
    return out.getvalue()


def broken_manifest() -> bytes:
    return package({"imsmanifest.xml": "<manifest>", "a.xml": GOOD})


@pytest.mark.parametrize(
    "made",
    [bomb, renamed("../a.xml"), renamed("/a.xml"), renamed("C:/a.xml"), link, protected, twice, broken_manifest],
)
def test_dangerous_packages_are_refused_as_a_whole(made: Callable[[], bytes]) -> None:
    with pytest.raises(Unreadable) as refused:
        read(made(), "bank.zip")
    assert str(refused.value)


def test_too_many_parts() -> None:
    with pytest.raises(Unreadable):
        read(package({f"{place}.txt": b"" for place in range(20_001)}), "bank.zip")


def test_no_address_leads_out_of_the_package() -> None:
    body = "".join(
        f'<img src="{address}" alt=""/>'
        for address in ("../../etc/passwd", "file:///etc/passwd", "//x/y.png", "/etc/passwd")
    )
    found = read(
        package(
            {"imsmanifest.xml": manifest("a.xml"), "a.xml": item(body + CHOICE.format("?"), declared=response("A"))}
        ),
        "b.zip",
    )
    assert not found.questions[0].media and len(found.remarks) == 4


def test_a_file_that_only_calls_itself_a_picture() -> None:
    body = '<p><img src="a.png" alt="x"/></p>' + CHOICE.format("?")
    files = {
        "imsmanifest.xml": manifest("a.xml"),
        "a.xml": item(body, declared=response("A")),
        "a.png": "<svg onload='x()'/>",
    }
    found = read(package(files), "b.zip")
    assert not found.questions[0].media and len(found.remarks) == 1


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (package({"imsmanifest.xml": manifest("a.xml")}), True),
        (package({"a.xml": GOOD}), True),
        (GOOD.encode(), True),
        (GOOD.encode("utf-16"), True),
        (b"<questestinterop/>", True),
        (package({"xl/workbook.xml": "<x/>"}), False),
        (package({"word/document.xml": "<x/>"}), False),
        (b"<quiz><question/></quiz>", False),
        (picture(), False),
        (b"PK", False),
        (b"", False),
    ],
)
def test_what_looks_like_qti(data: bytes, expected: bool) -> None:
    assert sniff(data, "file") is expected
