"""What stands under a printed stem, by type: options, lines to write on, a picture to mark."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from string import ascii_uppercase
from typing import Any, Final

from django.utils.translation import gettext as _

from exams import types
from exams.types.fill_in import MARK

Content = Mapping[str, Any]
BLANK: Final = "＿＿＿＿＿＿"
BOX: Final = "（　　）"
SHORT, LONG = 5, 14  # lines to write on, where the author says nothing


@dataclass(frozen=True)
class Body:
    """`lines` are texts in the question's markup, `writing` empty lines to follow, `image` a medium's name."""

    stem: str
    lines: list[str] = field(default_factory=list)
    writing: int = 0
    image: str = ""


def body(kind: str, stem: str, content: Content) -> Body:
    """The question as it is printed; parts of a case are printed by themselves."""
    make = _BODIES.get(kind)
    return make(stem, content) if make else Body(stem)


def _shown(kind: str, content: Content) -> Mapping[str, Any]:
    """What takers may see, in the order of a paper that shuffles nothing."""
    own = types.get(kind)
    return types.public(own, content, own.shuffled(content, None))


def _lettered(texts: list[str]) -> list[str]:
    return [f"{letter}. {text}" for letter, text in zip(ascii_uppercase, texts, strict=False)]


def _choice(stem: str, content: Content) -> Body:
    return Body(stem, _lettered(content["options"]))


def _true_false(stem: str, content: Content) -> Body:
    return Body(f"{stem} {BOX}")


def _fill_in(stem: str, content: Content) -> Body:
    blanks = content["blanks"]
    printed = MARK.sub(lambda mark: _numbered(int(mark[1]), len(blanks)), stem)
    choices = [
        f"({number}) " + "　".join(_lettered(blank["options"]))
        for number, blank in enumerate(_shown("fill_in", content)["blanks"], 1)
        if blank.get("options")
    ]
    return Body(printed if MARK.search(stem) else f"{stem} {BLANK}", choices)


def _numbered(number: int, blanks: int) -> str:
    return f"({number}){BLANK}" if blanks > 1 else BLANK


def _numerical(stem: str, content: Content) -> Body:
    units = content.get("units") or []
    return Body(stem, [f"{BLANK} {'／'.join(units)}".rstrip()])


def _matching(stem: str, content: Content) -> Body:
    shown = _shown("matching", content)
    left = [f"{number}. {text} {BOX}" for number, text in enumerate(shown["left"], 1)]
    return Body(stem, [*left, *_lettered(shown["right"])])


def _ordering(stem: str, content: Content) -> Body:
    return Body(stem, [f"{BOX} {text}" for text in _shown("ordering", content)["items"]])


def _short(stem: str, content: Content) -> Body:
    return Body(stem, writing=content.get("lines") or SHORT)


def _long(stem: str, content: Content) -> Body:
    return Body(stem, writing=content.get("lines") or LONG)


def _picture(stem: str, content: Content) -> Body:
    said = _("Mark at most %(n)s places in the picture.") % {"n": content["most"]}
    return Body(stem, [said], image=content["image"].removeprefix("media:"))


def _score_sheet(stem: str, content: Content) -> Body:
    lines = []
    for number, item in enumerate(content["items"], 1):
        facts = {"n": number, "item": item["text"], "points": item["points"]}
        plain, important = _("%(n)s. %(item)s (%(points)s points)"), _("%(n)s. %(item)s (%(points)s points, key item)")
        lines.append(f"{(important if item['key'] else plain) % facts} {BOX}")
    return Body(stem, lines)


_BODIES: Final[Mapping[str, Callable[[str, Content], Body]]] = {
    "single": _choice, "multiple": _choice, "true_false": _true_false, "fill_in": _fill_in, "numerical": _numerical,
    "matching": _matching, "ordering": _ordering, "short_answer": _short, "essay": _long, "hotspot": _picture,
    "find_fault": _picture, "score_sheet": _score_sheet,
}  # fmt: skip
