"""What we write comes back as it was; and other systems find the same question in it without our notes."""

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exams import types
from exams.exchange.qti import read, write22, write30
from exams.exchange.question import Exchanged, Markup, NotCarried, Why
from tests.exams import examples
from tests.exams.examples import PHOTO, PHOTOS

Writer = Callable[[list[Exchanged]], tuple[bytes, list[NotCarried]]]
WRITERS = [pytest.param(write22, id="2.2"), pytest.param(write30, id="3.0")]
SETTINGS = settings(max_examples=15, suppress_health_check=list(HealthCheck))
CARRIED = sorted(set(types.registered()) - {"score_sheet"})
CHARACTERS = st.characters(exclude_categories=("Cs", "Cc", "Cn"), include_characters="\n")
WORDS = st.text(CHARACTERS, min_size=1, max_size=12).map(str.strip).filter(lambda text: text and "{{" not in text)
ONE_LINE = WORDS.map(lambda text: " ".join(text.split())).filter(bool)
SHARES = st.integers(-20, 19).map(lambda n: examples_decimal(n, 20))
NUMBERS = st.decimals(-1000, 1000, places=3).map(lambda value: plain(format(value, "f")))
TOLERANCES = st.sampled_from(["0", "0.5", "2"])
TAGGED = st.sampled_from(
    [
        "<p>%s</p>",
        "%s <b>x</b>",
        "<p>%s</p><ul><li>y</li></ul>",
        "%s<br>H<sub>2</sub>O",
        "<table><tbody><tr><td>%s</td></tr></tbody></table>",
    ]
)


def plain(text: str) -> str:
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


def examples_decimal(numerator: int, denominator: int) -> str:
    return plain(f"{numerator / denominator:.2f}")


def marked(text: st.SearchStrategy[str], markup: Markup) -> st.SearchStrategy[str]:
    if markup == Markup.PLAIN:
        return text
    escaped = text.map(
        lambda said: said.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\n", " ")
    )
    return st.builds(lambda frame, said: frame % said, TAGGED, escaped.map(lambda said: said.replace("\xa0", " ")))


@st.composite
def options(draw: Any, markup: Markup, least: int = 2) -> list[str]:
    return list(draw(st.lists(marked(WORDS, markup), min_size=least, max_size=5, unique=True)))


@st.composite
def single(draw: Any, markup: Markup) -> tuple[Any, Any]:
    texts = draw(options(markup))
    right = draw(st.integers(0, len(texts) - 1))
    key: dict[str, Any] = {"correct": [right]}
    if draw(st.booleans()):
        key = {"correct": sorted({right, draw(st.integers(0, len(texts) - 1))})}
    elif draw(st.booleans()):
        shares = ["1" if place == right else draw(SHARES) for place in range(len(texts))]
        key |= {"shares": shares} if set(shares) - {"0", "1"} else {}
    if draw(st.booleans()):
        key["feedback"] = [draw(marked(WORDS, markup)) for _each in texts]
    return {"options": texts}, key


@st.composite
def multiple(draw: Any, markup: Markup) -> tuple[Any, Any]:
    texts = draw(options(markup))
    right = sorted(draw(st.sets(st.integers(0, len(texts) - 1), min_size=2)))
    key: dict[str, Any] = {"correct": right}
    if draw(st.booleans()):
        part = plain(f"{1 / len(right):.7f}")
        key["shares"] = [
            part if place in right else draw(st.sampled_from(["0", "-0.5"])) for place in range(len(texts))
        ]
    return {"options": texts}, key


@st.composite
def blank(draw: Any) -> tuple[Any, Any]:
    kind = draw(st.sampled_from(["text", "number", "choice"]))
    if kind == "choice":
        texts = draw(options(Markup.PLAIN))
        return {"kind": kind, "options": texts}, {
            "accepted": [{"option": draw(st.integers(0, len(texts) - 1)), "share": "1"}]
        }
    if kind == "number":
        key: dict[str, Any] = {"accepted": [{"value": draw(NUMBERS), "tolerance": draw(TOLERANCES), "share": "1"}]}
        return {"kind": kind}, key | ({"units": [{"name": "V", "factor": "1"}]} if draw(st.booleans()) else {})
    variants = draw(st.lists(ONE_LINE, min_size=1, max_size=3, unique_by=str.casefold))
    accepted = [{"text": text, "share": "0.5" if place else "1"} for place, text in enumerate(variants)]
    return {"kind": kind}, {"accepted": accepted} | draw(st.sampled_from([{}, {"case": True}, {"wild": True}]))


@st.composite
def fill_in(draw: Any, markup: Markup) -> tuple[Any, Any]:
    blanks = draw(st.lists(blank(), min_size=1, max_size=3))
    weights = draw(st.sampled_from([{}, {"weight": "2"}]))
    contents = [content | (weights if place == 0 else {}) for place, (content, _key) in enumerate(blanks)]
    return {"blanks": contents}, {"blanks": [key for _content, key in blanks]}


@st.composite
def numerical(draw: Any, markup: Markup) -> tuple[Any, Any]:
    accepted = [{"value": draw(NUMBERS), "tolerance": draw(TOLERANCES), "share": "1"}]
    units = draw(st.sampled_from([None, [{"name": "kV", "factor": "1"}, {"name": "V", "factor": "0.001"}]]))
    if units is None:
        return {}, {"accepted": accepted}
    return {"units": ["kV", "V"]}, {"accepted": accepted, "units": units, "unit_penalty": "0.1"}


@st.composite
def matching(draw: Any, markup: Markup) -> tuple[Any, Any]:
    left, right = draw(options(markup)), draw(options(markup))
    return {"left": left, "right": right}, {"pairs": [draw(st.integers(0, len(right) - 1)) for _each in left]}


@st.composite
def ordering(draw: Any, markup: Markup) -> tuple[Any, Any]:
    items = draw(options(markup, 3))
    grading = draw(st.sampled_from([{}, {"grading": "exact"}, {"grading": "neighbours"}]))
    return {"items": items}, {"sequence": draw(st.permutations(range(len(items))))} | grading


@st.composite
def written(draw: Any, markup: Markup) -> tuple[Any, Any]:
    content = draw(st.sampled_from([{}, {"words": [1, 50]}, {"lines": 3}, {"lines": 12}]))
    rubric = [{"text": text, "points": "2"} for text in draw(st.lists(marked(WORDS, markup), max_size=2))]
    reference = draw(st.one_of(st.just({}), marked(WORDS, markup).map(lambda text: {"reference": text})))
    return content, {"rubric": rubric} | reference


@st.composite
def areas(draw: Any, faults: bool) -> tuple[Any, Any]:
    part = st.floats(0.1, 0.4).map(lambda value: round(value, 6))
    made: list[dict[str, Any]] = [
        draw(
            st.sampled_from(
                [
                    {"shape": "rect", "box": [draw(part), draw(part), 0.5, 0.6]},
                    {"shape": "circle", "at": [draw(part), draw(part)], "radius": draw(part)},
                    {"shape": "polygon", "points": [[0.1, 0.1], [draw(part), 0.9], [0.8, draw(part)]]},
                ]
            )
        )
        for _each in range(draw(st.integers(1, 3)))
    ]
    texts = [{**area, "text": "错"} for area in made] if faults else made
    seen = {"image": f"media:{PHOTO.name}", "width": 80, "height": 40, "alt": draw(ONE_LINE), "most": len(made) + 1}
    return seen, {"areas": texts}


@st.composite
def case(draw: Any, markup: Markup) -> tuple[Any, Any]:
    parts, keys = [], []
    for type in draw(
        st.lists(
            st.sampled_from(["single", "multiple", "true_false", "fill_in", "numerical", "essay", "ordering"]),
            min_size=1,
            max_size=3,
        )
    ):
        content, key = draw(MADE[type](markup))
        parts.append(
            {
                "type": type,
                "stem": draw(marked(WORDS, markup)),
                "content": content,
                "weight": draw(st.sampled_from(["1", "2.5"])),
            }
        )
        keys.append(key)
    return {"parts": parts}, {"parts": keys}


MADE: Mapping[str, Callable[[Markup], st.SearchStrategy[tuple[Any, Any]]]] = {
    "single": single,
    "multiple": multiple,
    "true_false": lambda markup: st.booleans().map(lambda right: ({}, {"correct": right})),
    "fill_in": fill_in,
    "numerical": numerical,
    "matching": matching,
    "ordering": ordering,
    "short_answer": written,
    "essay": written,
    "case": case,
    "hotspot": lambda markup: areas(False),
    "find_fault": lambda markup: areas(True),
    "description": lambda markup: st.just(({}, {})),
}


@st.composite
def questions(draw: Any, type: str) -> Exchanged:
    markup = draw(st.sampled_from(Markup))
    content, key = draw(MADE[type](markup))
    stem = draw(marked(WORDS, markup))
    if type == "fill_in" and draw(st.booleans()):
        stem += "".join(f" {{{{{place + 1}}}}}" for place in range(len(content["blanks"])))
    return Exchanged(
        "1",
        type,
        stem,
        content,
        key,
        markup=markup,
        title=draw(st.one_of(st.just(""), ONE_LINE)),
        code=draw(st.sampled_from(["", "AQ-001"])),
        topic=draw(st.sampled_from(["", "安规/线路"])),
        tags=tuple(draw(st.lists(ONE_LINE, max_size=2, unique=True))),
        difficulty=draw(st.integers(1, 5)),
        points=draw(st.sampled_from(["1", "2", "0.5", "3"])),
        explanation=draw(st.one_of(st.just(""), marked(WORDS, markup))),
        basis_document=draw(st.sampled_from(["", "《安规》"])),
        basis_clause=draw(st.sampled_from(["", "4.3.1"])),
        basis_edition=draw(st.sampled_from(["", "2013"])),
        valid_until=draw(st.sampled_from([None, date(2027, 1, 1)])),
        media=PHOTOS if type in ("hotspot", "find_fault") else {},
        skill=draw(st.sampled_from([None, 3])),
    )


def comparable(question: Exchanged) -> Exchanged:
    return replace(
        question,
        place="",
        content=dict(question.content),
        key=dict(question.key),
        tags=list(question.tags),
        media=dict(question.media),
    )


def native(data: bytes) -> Exchanged:
    """The question of a package without what we noted beside it."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as whole, zipfile.ZipFile(out, "w") as bare:
        for name in whole.namelist():
            content = whole.read(name)
            if name == "imsmanifest.xml":
                content = re.sub(rb"<lidian:question.*?</lidian:question>", b"", content, flags=re.S)
            bare.writestr(name, content)
    found = read(out.getvalue(), "bank.zip")
    assert not found.not_carried
    return found.questions[0]


@pytest.mark.parametrize("write", WRITERS)
@pytest.mark.parametrize("type", CARRIED)
def test_nothing_is_lost_on_the_way(write: Writer, type: str) -> None:
    @SETTINGS
    @given(questions(type))
    def there_and_back(question: Exchanged) -> None:
        data, lost = write([question])
        assert not lost
        found = read(data, "bank.zip")
        assert not found.not_carried and not found.remarks
        assert comparable(found.questions[0]) == comparable(question)

    there_and_back()


@pytest.mark.parametrize("write", WRITERS)
@pytest.mark.parametrize(
    ("type", "fields"),
    [
        ("single", ("options", "correct", "shares", "feedback")),
        ("multiple", ("options", "correct", "shares")),
        ("true_false", ("correct",)),
        ("matching", ("left", "right", "pairs")),
        ("ordering", ("items", "sequence")),
        ("numerical", ("accepted",)),
    ],
)
def test_other_systems_find_the_same_question(write: Writer, type: str, fields: tuple[str, ...]) -> None:
    tame = st.text("验电停地线高低 abc", min_size=2, max_size=8).map(lambda text: " ".join(text.split())).filter(bool)

    @SETTINGS
    @given(st.data())
    def there_and_back(data: st.DataObject) -> None:
        content, key = data.draw(MADE[type](Markup.PLAIN))
        texts = iter(data.draw(st.lists(tame, min_size=12, max_size=12, unique=True)))
        content = {
            name: [next(texts) for _each in value] if name in ("options", "items", "left", "right") else value
            for name, value in content.items()
        }
        key = {
            name: [f"说{place}" for place, _each in enumerate(value)] if name == "feedback" else value
            for name, value in key.items()
        }
        question = Exchanged("1", type, "怎么做？", content, key, points="2")
        found = native(write([question])[0])
        wanted = {**content, **key}
        assert (found.type, found.stem, found.points) == (type, "怎么做？", "2")
        got = {**found.content, **found.key}
        assert {name: got.get(name) for name in fields} == {name: wanted.get(name) for name in fields}

    there_and_back()


@pytest.mark.parametrize("write", WRITERS)
def test_one_of_every_type_in_one_package(write: Writer) -> None:
    made = [
        value.exchanged(str(place), media=PHOTOS)
        for place, value in enumerate(vars(examples).values())
        if isinstance(value, examples.Example)
    ]
    data, lost = write(made)
    assert {each.why for each in lost} == {Why.UNSUPPORTED} and len(lost) == sum(
        each.type == "score_sheet" for each in made
    )
    found = read(data, "bank.zip")
    kept = [each for each in made if each.type != "score_sheet"]
    assert [comparable(each).key for each in found.questions] == [comparable(each).key for each in kept]
    assert [(each.type, each.stem, dict(each.content)) for each in found.questions] == [
        (each.type, each.stem, dict(each.content)) for each in kept
    ]


@pytest.mark.parametrize("write", WRITERS)
def test_notes_count_only_for_the_file_they_were_written_with(write: Writer) -> None:
    data, _lost = write(
        [
            Exchanged(
                "1",
                "numerical",
                "多少？",
                {"units": ["V"]},
                {"accepted": [{"value": "1", "tolerance": "0", "share": "1"}]},
                code="A",
            )
        ]
    )
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as whole, zipfile.ZipFile(out, "w") as changed:
        for name in whole.namelist():
            changed.writestr(name, whole.read(name).replace("多少？".encode(), "几？".encode()))
    (question,) = read(out.getvalue(), "bank.zip").questions
    assert (question.stem, question.content, question.code) == ("几？", {}, "A")


@pytest.mark.parametrize("write", WRITERS)
def test_the_same_questions_give_the_same_bytes(write: Writer) -> None:
    made = [examples.SINGLE.exchanged(), examples.CASE.exchanged()]
    assert write(made) == write(made)


@pytest.mark.parametrize("write", WRITERS)
def test_a_picture_that_is_not_there_is_said(write: Writer) -> None:
    (lost,) = write([examples.HOTSPOT.exchanged("7")])[1]
    assert (lost.place, lost.why) == ("7", Why.REFUSED)
