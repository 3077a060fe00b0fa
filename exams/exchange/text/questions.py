"""From lines to the parts of one question: stem, options, and what follows a name and a colon."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from exams import types
from exams.exchange.question import Media
from exams.exchange.text.lines import Line

_NUMBER: Final = re.compile(r"^\s*(?:第?\s*([0-9]{1,4})\s*(?:题\s*[、.．:：]?|[.．、)）]))\s*(?![0-9]+[.．)）]?[0-9])(.*)$", re.DOTALL)
_SECTION: Final = re.compile(r"^\s*(?:第?[一二三四五六七八九十]{1,3}(?:部分|[、.．)）])|[（(][一二三四五六七八九十]{1,3}[)）])\s*(.*)$")
_OPTION: Final = re.compile(r"^\s*[（(]?([A-Ha-hＡ-Ｈ])\s*(?:[.．、:：)）]|(?=\s{2}))\s*(.*)$", re.DOTALL)
_NEXT_OPTION: Final = re.compile(r"(?:(?<=[\s；;。，,])|(?<=\t))[（(]?([B-HＢ-Ｈ])\s*[.．、:：)）]\s*")
_FIELD: Final = re.compile(
    r"^\s*[\[【]?\s*(正确答案|参考答案|标准答案|答案|答案解析|试题解析|解析|难度|分值|分数|知识点|章节|专业|依据|版本|编号|题目编号)"
    r"\s*[\]】]?\s*[:：]\s*(.*)$",
    re.DOTALL,
)
_BARE_FIELD: Final = re.compile(r"^\s*[\[【]\s*(正确答案|参考答案|答案|答案解析|试题解析|解析)\s*[\]】]\s*(.*)$", re.DOTALL)
_KIND: Final = re.compile(r"[\[【（(<《]\s*([\u4e00-\u9fff]{2,6})\s*[\]】）)>》]\s*(?:[（(][^）)]{0,12}[)）])?")
_POINTS: Final = re.compile(r"每[小]?[题空]\s*([0-9]+(?:\.[0-9]+)?)\s*分")
NAMES: Final = {
    "正确答案": "answer", "参考答案": "answer", "标准答案": "answer", "答案": "answer", "答案解析": "explanation",
    "试题解析": "explanation", "解析": "explanation", "难度": "difficulty", "分值": "points", "分数": "points",
    "知识点": "topic", "章节": "topic", "专业": "topic", "依据": "basis", "版本": "edition", "编号": "code",
    "题目编号": "code",
}  # fmt: skip


@dataclass
class Parts:
    """One question as typed. `kind` is what the text calls its type, "" when it does not say."""

    place: str
    kind: str = ""
    points: str = ""
    stem: list[str] = field(default_factory=list)
    options: dict[str, str] = field(default_factory=dict)
    fields: dict[str, str] = field(default_factory=dict)
    media: list[Media] = field(default_factory=list)
    last: str = "stem"

    def add(self, text: str) -> None:
        """A line of the question."""
        if found := _FIELD.match(text) or _BARE_FIELD.match(text):
            self.last = NAMES[found[1]]
            self.fields[self.last] = found[2].strip()
        elif (option := _OPTION.match(text)) and self._is_next(option[1]):
            self._options(option[1], option[2])
        elif self.last == "stem":
            self.stem.append(text)
        elif self.last in self.options:
            self.options[self.last] += f"\n{text}"
        else:
            self.fields[self.last] = f"{self.fields[self.last]}\n{text}".strip()

    def _is_next(self, letter: str) -> bool:
        return self.last in ("stem", *self.options) and _plain(letter) == "ABCDEFGH"[len(self.options) : len(self.options) + 1]

    def _options(self, letter: str, rest: str) -> None:
        """One option, or several in one line."""
        pieces = _NEXT_OPTION.split(rest)
        letters, texts = [_plain(letter), *map(_plain, pieces[1::2])], pieces[::2]
        expected = "ABCDEFGH"["ABCDEFGH".index(letters[0]) :][: len(letters)]
        if "".join(letters) != expected:
            letters, texts = letters[:1], [rest]
        for own, text in zip(letters, texts, strict=True):
            self.options[own] = text.strip()
            self.last = own


def questions(lines: Iterable[Line]) -> Iterator[Parts]:
    """Every numbered question; a heading above tells type and points of those that follow."""
    current: Parts | None = None
    kind, points = "", ""
    for line in lines:
        numbered = _NUMBER.match(line.text)
        section = _SECTION.match(line.text)
        if section and (named := _named(section[1])):
            kind, points = named, _points(section[1])
            if current:
                yield current
            current = None
        elif numbered and not _inside(current, numbered[1]):
            if current:
                yield current
            current = Parts(line.place, kind, points)
            _start(current, numbered[2])
        elif current:
            current.add(line.text)
        if current:
            current.media += line.media
    if current:
        yield current


def _start(parts: Parts, text: str) -> None:
    """The first line, with the type when it names one in brackets."""
    for found in _KIND.finditer(text):
        if named := types.named(found[1]):
            parts.kind = found[1] if named else ""
            text = f"{text[: found.start()]}{text[found.end() :]}".strip()
            break
    if text:
        parts.add(text)


def _inside(current: Parts | None, number: str) -> bool:
    """Whether a numbered line belongs to the answer or the explanation of the question above: they begin at 1 again."""
    return current is not None and current.last in ("answer", "explanation") and number == "1" and bool(current.stem)


def _named(heading: str) -> str:
    """The type a heading names: 单选题（每题 2 分，共 20 分）."""
    word = re.split(r"[（(:：，,\s]", heading.strip())[0]
    return word if types.named(word) else ""


def _points(heading: str) -> str:
    found = _POINTS.search(heading)
    return found[1] if found else ""


def _plain(letter: str) -> str:
    return chr(ord(letter) - 0xFEE0).upper() if ord(letter) > 0xFF00 else letter.upper()
