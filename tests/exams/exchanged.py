"""Questions as data, at random: what hypothesis sends through every format and back."""

from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import strategies as st

from exams.exchange.choices import multiple_key, single_key
from exams.exchange.matches import matching
from exams.exchange.passages import escaped
from exams.exchange.pictures import media_of, size_of
from exams.exchange.question import Exchanged, Markup
from exams.exchange.wildcards import text_blank
from tests.exams.pictures import PNG

ODD = "~=#{}:\\%<>&[]*/-|;\"'$@!?.,()_"
LETTERS = st.sampled_from(ODD + "验电接地伏安aAbZ019 ，。（）\n😀𬱖")
WORDS = st.text(LETTERS, min_size=1, max_size=12).map(str.strip).filter(lambda text: text and "{{" not in text)
LINES = WORDS.filter(lambda text: "\n" not in text)
SHARES = st.sampled_from(["1", "0.5", "0.25", "0.3333333", "0", "-0.5", "-1"])
NUMBERS = st.decimals(-1000, 1000, places=3, allow_nan=False).map(lambda n: format(n.normalize() + 0, "f"))
POSITIVE = st.decimals(0, 10, places=3).map(lambda n: format(n.normalize() + 0, "f"))
MEDIA = media_of(PNG)
assert MEDIA is not None
TAGS = ["接地", "a b", "x]y\\", "k=v", "难度=9"]
PICTURE = f'<img src="media:{MEDIA.name}" alt="图">'


def _markup(text: str) -> st.SearchStrategy[str]:
    shown = escaped(text)
    return st.sampled_from([shown, f"<p>{shown}</p>", f"<b>{shown}</b>", f"<p>{shown} {PICTURE}</p>"])


@st.composite
def passages(draw: st.DrawFn, markup: Markup, *, count: tuple[int, int] = (1, 1), bare: bool = False) -> list[str]:
    """Different texts in one markup; `bare`: without tags."""
    texts = draw(st.lists(WORDS, min_size=count[0], max_size=count[1], unique=True))
    if markup == Markup.PLAIN:
        return texts
    return [escaped(text) if bare else draw(_markup(text)) for text in texts]


@st.composite
def choice(draw: st.DrawFn, markup: Markup) -> tuple[str, Any, Any]:
    options = draw(passages(markup, count=(2, 6)))
    feedback = draw(st.sampled_from([[], draw(passages(markup, count=(len(options), len(options))))]))
    single = draw(st.booleans())
    if draw(st.booleans()):
        right = draw(st.integers(0, len(options) - 1)) if single else -1
        usual = ["1" if index == right else "0" for index in range(len(options))]
        chosen = draw(st.sets(st.integers(0, len(options) - 1), min_size=1))
        part = format(round(1 / len(chosen), 7), "f").rstrip("0").rstrip(".")
        shares = usual if single else [part if index in chosen else "-1" for index in range(len(options))]
    else:
        count = len(options)
        shares = draw(
            st.lists(SHARES, min_size=count, max_size=count).filter(
                lambda all: any(s[0] not in "-" and s != "0" for s in all)
            )
        )
    return (
        "single" if single else "multiple",
        {"options": options},
        (single_key if single else multiple_key)(shares, feedback),
    )


@st.composite
def true_false(draw: st.DrawFn, markup: Markup) -> tuple[str, Any, Any]:
    feedback = draw(st.sampled_from([[], draw(passages(markup, count=(2, 2)))]))
    return "true_false", {}, {"correct": draw(st.booleans()), **({"feedback": feedback} if feedback else {})}


@st.composite
def pairs(draw: st.DrawFn, markup: Markup) -> tuple[str, Any, Any]:
    left = draw(passages(markup, count=(2, 5)))
    right = draw(passages(markup, count=(1, 4), bare=True))
    lines = [(each, draw(st.sampled_from(right))) for each in left]
    return "matching", *matching([*lines, *(("", each) for each in right)])


@st.composite
def order(draw: st.DrawFn, markup: Markup) -> tuple[str, Any, Any]:
    items = draw(passages(markup, count=(2, 5)))
    grading = draw(st.sampled_from(["exact", "place", "neighbours"]))
    return "ordering", {"items": items}, {"sequence": list(range(len(items))), "grading": grading}


@st.composite
def number(draw: st.DrawFn, markup: Markup) -> tuple[str, Any, Any]:
    key: dict[str, Any] = {"accepted": draw(_numbers())}
    units = draw(st.sampled_from([[], [("V", "1"), ("mV", "0.001"), ("kV", "1000")]]))
    if not units:
        return "numerical", {}, key
    key["units"] = [{"name": name, "factor": factor} for name, factor in units]
    if draw(st.booleans()):
        key["unit_penalty"] = "0.25"
    return "numerical", {"units": [name for name, _factor in units]}, key


@st.composite
def _numbers(draw: st.DrawFn) -> list[dict[str, str]]:
    rest = draw(st.lists(SHARES, max_size=2))
    return [{"value": draw(NUMBERS), "tolerance": draw(POSITIVE), "share": share} for share in ["1", *rest]]


@st.composite
def _blank(draw: st.DrawFn, *, weighted: bool) -> tuple[Any, Any]:
    kind = draw(st.sampled_from(["text", "number", "choice"]))
    blank: dict[str, Any] = {"kind": kind} | draw(st.sampled_from([{}, {"weight": "2"}] if weighted else [{}]))
    if kind == "number":
        return blank, {"accepted": draw(_numbers())}
    if kind == "choice":
        options = draw(st.lists(LINES.filter(lambda t: not set("<&") & set(t)), min_size=2, max_size=4, unique=True))
        return blank | {"options": options}, {
            "accepted": [{"option": draw(st.integers(0, len(options) - 1)), "share": "1"}]
        }
    return blank, draw(text_key())


@st.composite
def text_key(draw: st.DrawFn) -> Any:
    rest = draw(st.lists(SHARES, max_size=2))
    accepted = [{"text": draw(LINES), "share": share} for share in ["1", *rest]]
    return text_blank(accepted, case=draw(st.booleans()))


@st.composite
def essay(draw: st.DrawFn, markup: Markup) -> tuple[str, Any, Any]:
    rubric = [
        {"text": " ".join(text.split()), "points": draw(st.sampled_from(["1", "2.5"]))}
        for text in draw(passages(markup, count=(0, 3)))
    ]
    content = draw(st.sampled_from([{}, {"lines": 12}, {"words": [10, 200]}, {"words": [0, 500], "lines": 3}]))
    reference = draw(st.sampled_from(["", *draw(passages(markup))]))
    return (
        draw(st.sampled_from(["essay", "short_answer"])),
        content,
        {"rubric": rubric} | ({"reference": reference} if reference else {}),
    )


@st.composite
def hotspot(draw: st.DrawFn, markup: Markup) -> tuple[str, Any, Any]:
    """Areas in whole pixels, as Moodle has them."""
    assert MEDIA is not None
    width, height = size_of(MEDIA)

    def at() -> tuple[int, int]:
        return draw(st.integers(0, width - 4)), draw(st.integers(0, height - 4))

    def part(x: int, y: int) -> list[float]:
        return [round(x / width, 6), round(y / height, 6)]

    def area() -> dict[str, Any]:
        (x, y), size = at(), draw(st.integers(1, 3))
        shape = draw(st.sampled_from(["circle", "rect", "polygon"]))
        if shape == "circle":
            return {"shape": shape, "at": part(x, y), "radius": round(size / width, 6)}
        if shape == "rect":
            return {"shape": shape, "box": [*part(x, y), *part(x + size, y + size)]}
        return {"shape": shape, "points": [part(*at()) for _point in range(size + 2)]}

    areas = [area() for _area in range(draw(st.integers(1, 3)))]
    content = {"image": f"media:{MEDIA.name}", "width": width, "height": height, "alt": "铭牌", "most": len(areas)}
    return "hotspot", content, {"areas": areas}


def description(_markup: Markup) -> st.SearchStrategy[tuple[str, Any, Any]]:
    return st.just(("description", {}, {}))


@st.composite
def blanks(draw: st.DrawFn) -> Exchanged:
    """A stem with marks, or one blank of text after it."""
    markup = draw(st.sampled_from(list(Markup)))
    count = draw(st.integers(0, 3))
    texts = draw(passages(markup, count=(count + 1, count + 1)))
    if count == 0:
        return Exchanged(
            "", "fill_in", texts[0], {"blanks": [{"kind": "text"}]}, {"blanks": [draw(text_key())]}, markup
        )
    stem = texts[0] + "".join(f"{{{{{n}}}}}{text}" for n, text in enumerate(texts[1:], 1))
    pairs = [draw(_blank(weighted=count > 1)) for _n in range(count)]
    return Exchanged(
        "",
        "fill_in",
        stem,
        {"blanks": [blank for blank, _key in pairs]},
        {"blanks": [key for _blank, key in pairs]},
        markup,
    )


@st.composite
def others(draw: st.DrawFn) -> Exchanged:
    markup = draw(st.sampled_from(list(Markup)))
    kinds = [choice, true_false, pairs, order, number, essay, hotspot, description]
    type, content, key = draw(draw(st.sampled_from(kinds))(markup))
    return Exchanged("", type, draw(passages(markup))[0], content, key, markup)


@st.composite
def questions(draw: st.DrawFn) -> list[Exchanged]:
    """A few questions with everything that may be said about them."""
    found = draw(st.lists(st.one_of(blanks(), others()), min_size=1, max_size=4))
    return [draw(_told(question, number)) for number, question in enumerate(found, 1)]


@st.composite
def _told(draw: st.DrawFn, question: Exchanged, number: int) -> Exchanged:
    said = draw(st.sampled_from(["", *draw(passages(question.markup))]))
    whole = f"{question.stem} {said} {question.content} {question.key}"
    return replace(
        question,
        place=str(number),
        title=draw(st.sampled_from(["", draw(LINES)])),
        code=draw(st.sampled_from(["", draw(LINES)])),
        topic=draw(st.sampled_from(["", "安全", "安全/验电 接地"])),
        tags=tuple(draw(st.lists(st.sampled_from(TAGS), max_size=3, unique=True))),
        difficulty=draw(st.integers(1, 5)),
        skill=draw(st.sampled_from([None, 1, 8])),
        points=draw(st.sampled_from(["1", "2.5", "0"])),
        explanation=said,
        basis_document=draw(st.sampled_from(["", "《安规》"])),
        basis_clause=draw(st.sampled_from(["", "4.4.7"])),
        basis_edition=draw(st.sampled_from(["", "2023"])),
        valid_until=draw(st.sampled_from([None, date(2027, 12, 31)])),
        media={MEDIA.name: MEDIA} if MEDIA and f"media:{MEDIA.name}" in whole else {},
    )  # fmt: skip
