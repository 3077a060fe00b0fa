"""Items as other systems write them, in the words of 2.x; `in_3` says the same in those of 3.0."""

import io
import re
import zipfile
from collections.abc import Mapping
from typing import Any

from PIL import Image

from exams.exchange.qti import read
from exams.exchange.question import Exchange, Exchanged

SPACE_2 = "http://www.imsglobal.org/xsd/imsqti_v2p1"
SPACE_3 = "http://www.imsglobal.org/xsd/imsqtiasi_v3p0"
TEMPLATES = "http://www.imsglobal.org/question/qti_v2p1/rptemplates/"
SMALL = {
    "prompt",
    "gap",
    "hottext",
    "value",
    "mapping",
    "variable",
    "correct",
    "match",
    "equal",
    "sum",
    "product",
    "and",
    "or",
    "not",
    "weight",
}


def item(body: str, *, declared: str = "", rules: str = "match_correct", after: str = "", **attributes: str) -> str:
    """One item. `rules` is the name of a template, or elements."""
    told = "".join(f' {name}="{value}"' for name, value in attributes.items())
    processing = f'<responseProcessing template="{TEMPLATES}{rules}"/>'
    if not rules or rules.startswith("<"):
        processing = f"<responseProcessing>{rules}</responseProcessing>" if rules else ""
    return (
        f'<assessmentItem xmlns="{SPACE_2}" identifier="I1" title="题目"{told}>{declared}'
        f"<itemBody>{body}</itemBody>{processing}{after}</assessmentItem>"
    )


def response(
    correct: str = "",
    *,
    name: str = "RESPONSE",
    cardinality: str = "single",
    base: str = "identifier",
    entries: Mapping[str, str] | None = None,
    areas: str = "",
) -> str:
    """What is declared of a response; `correct` lists values between |."""
    values = "".join(f"<value>{value}</value>" for value in correct.split("|") if value)
    rows = "".join(f'<mapEntry mapKey="{key}" mappedValue="{value}"/>' for key, value in (entries or {}).items())
    return (
        f'<responseDeclaration identifier="{name}" cardinality="{cardinality}" baseType="{base}">'
        + (f"<correctResponse>{values}</correctResponse>" if values else "")
        + (f'<mapping defaultValue="0">{rows}</mapping>' if rows else "")
        + (f'<areaMapping defaultValue="0">{areas}</areaMapping>' if areas else "")
        + "</responseDeclaration>"
    )


def choices(element: str = "simpleChoice", **texts: str) -> str:
    return "".join(f'<{element} identifier="{name}">{text}</{element}>' for name, text in texts.items())


def in_3(xml: str) -> str:
    """The same item in the spelling of 3.0."""

    def tag(found: re.Match[str]) -> str:
        slash, name, rest = found.groups()
        if name == name.lower() and name not in SMALL:
            return found[0]
        return f"<{slash}qti-{_kebab(name)}{re.sub(r'([A-Za-z]+)=', lambda each: _kebab(each[1]) + '=', rest)}>"

    return re.sub(r"<(/?)([A-Za-z]+)((?:\s[^<>]*)?/?)>", tag, xml).replace(SPACE_2, SPACE_3)


def _kebab(name: str) -> str:
    return re.sub(r"[A-Z]", lambda letter: f"-{letter[0].lower()}", name)


def package(files: Mapping[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def manifest(*files: str, kind: str = "imsqti_item_xmlv2p1", metadata: str = "") -> str:
    rows = "".join(
        f'<resource identifier="R{place}" type="{kind}" href="{file}"><metadata>{metadata}</metadata>'
        f'<file href="{file}"/></resource>'
        for place, file in enumerate(files)
    )
    return (
        f'<manifest xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" identifier="M">'
        f"<resources>{rows}</resources></manifest>"
    )


def picture(width: int = 400, height: int = 200) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), "white").save(out, "PNG")
    return out.getvalue()


def only(data: str | bytes, **files: str | bytes) -> Exchanged:
    """The one question of a file."""
    found = exchange(data, **files)
    assert not found.not_carried, found.not_carried
    (question,) = found.questions
    return question


def exchange(data: str | bytes, **files: str | bytes) -> Exchange:
    """What is read from an item; with more files it is read out of a package."""
    if not files:
        return read(data.encode() if isinstance(data, str) else data, "item.xml")
    named = {name.replace("__", "."): content for name, content in files.items()}
    return read(package({"imsmanifest.xml": manifest("item.xml"), "item.xml": data, **named}), "bank.zip")


def told(question: Exchanged) -> tuple[str, Any, Any]:
    return question.type, dict(question.content), dict(question.key)
