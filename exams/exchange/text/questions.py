"""From lines to the parts of one question: stem, options, and what follows a name and a colon."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from exams import types
from exams.exchange.question import Media
from exams.exchange.text.lines import Line

_NUMBER: Final = re.compile(
    r"^\s*(?:第?\s*([0-9]{1,4})\s*(?:题\s*[、.．:：]?|[.．、)）]))(\s*)(.*)$",
    re.DOTALL,
)
_SECTION: Final = re.compile(
    r"^\s*(?:第?[一二三四五六七八九十]{1,3}(?:部分|[、.．)）])|[（(][一二三四五六七八九十]{1,3}[)）])\s*(.*)$"
)
_OPTION: Final = re.compile(r"^\s*[（(]?([A-Ha-hＡ-Ｈ])\s*(?:[.．、:：)）]|(?=\s{2}))\s*(.*)$", re.DOTALL)
_NEXT_OPTION: Final = re.compile(r"(?:(?<=[\s；;。，,])|(?<=\t))[（(]?([B-HＢ-Ｈ])\s*[.．、:：)）]\s*")
_FIELD: Final = re.compile(
    r"^\s*[\[【]?\s*(正确答案|参考答案|标准答案|答案|答案解析|试题解析|解析|难度|分值|分数|知识点|章节|专业|依据|版本|编号|题目编号)"
    r"\s*[\]】]?\s*[:：]\s*(.*)$",
    re.DOTALL,
)
_BARE_FIELD: Final = re.compile(
    r"^\s*[\[【]\s*(正确答案|参考答案|答案|答案解析|试题解析|解析)\s*[\]】]\s*(.*)$",
    re.DOTALL,
)
_KIND: Final = re.compile(r"[\[【（(<《]\s*([\u4e00-\u9fff]{2,6})\s*[\]】）)>》]\s*(?:[（(][^）)]{0,12}[)）])?")
_INSIDE: Final = re.compile(r"[（(]\s*(?:[A-HＡ-Ｈ√×]|对|错|正确|错误)")
_POINTS: Final = re.compile(r"每[小]?[题空]\s*([0-9]+(?:\.[0-9]+)?)\s*分")
FURTHER: Final = 12  # lines in which a question shows that it is one
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
    listed: int = 0

    def add(self, text: str) -> None:
        """A line of the question."""
        if found := _FIELD.match(text) or _BARE_FIELD.match(text):
            self.last, self.listed = NAMES[found[1]], 0
            self.fields[self.last] = found[2].strip()
        elif (option := _OPTION.match(text)) and self._is_next(option[1]):
            self._options(option[1], option[2])
        elif self.last == "stem":
            self.stem.append(text)
        elif self.last in self.options:
            self.options[self.last] += f"\n{text}"
        else:
            self.fields[self.last] = f"{self.fields[self.last]}\n{text}".strip()

    @property
    def inside(self) -> bool:
        """Whether a list may stand where the question is."""
        return self.last in ("answer", "explanation")

    def _is_next(self, letter: str) -> bool:
        count = len(self.options)
        return self.last in ("stem", *self.options) and _plain(letter) == "ABCDEFGH"[count : count + 1]

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
    text, every = _Text(), list(lines)
    for index, line in enumerate(every):
        finished = text.take(line, every[index + 1 : index + FURTHER])
        if finished:
            yield finished
    if text.current:
        yield text.current


@dataclass
class _Text:
    """A text while its lines go by."""

    current: Parts | None = None
    number: int = 0
    kind: str = ""
    points: str = ""

    def take(self, line: Line, following: Sequence[Line]) -> Parts | None:
        """The question that this line ends, if any."""
        before = self.current
        if heading := self._heading(line.text):
            self.current, self.number = None, 0
            self.kind, self.points = _named(heading), _points(heading)
            return before
        numbered = _NUMBER.match(line.text)
        if numbered and self._begins(numbered, following):
            self.current, self.number = Parts(line.place, self.kind, self.points), int(numbered[1])
            _start(self.current, numbered[3])
        elif before:
            before.add(line.text)
        if self.current:
            self.current.media += line.media
        return before if before is not self.current else None

    def _heading(self, text: str) -> str:
        """The words of a heading: one that names a type, or a short one where a question may end."""
        found = _SECTION.match(text)
        if not found or not found[1]:
            return ""
        ends = self.current is None or self.current.last in ("answer", "explanation")
        return found[1] if _named(found[1]) or (ends and len(text) <= 30 and "、" in text[:4]) else ""

    def _begins(self, found: re.Match[str], following: Sequence[Line]) -> bool:
        """Whether a number begins a question: not one in a list of an answer, and not 1.5."""
        number = int(found[1])
        if not found[2] and found[3][:1].isdigit():
            return number == self.number + 1
        if self.current is None or not self.current.inside:
            return True
        if number == self.current.listed + 1 and not _answered(found[3], following):
            self.current.listed = number
            return False
        return number > self.number


def _answered(text: str, following: Sequence[Line]) -> bool:
    """Whether options or an answer follow before the next number, or the answer stands in the line."""
    if _INSIDE.search(text):
        return True
    for line in following:
        if _NUMBER.match(line.text):
            return False
        if (
            _OPTION.match(line.text)
            or (found := _FIELD.match(line.text) or _BARE_FIELD.match(line.text))
            and NAMES[found[1]] == "answer"
        ):
            return True
    return False


def _start(parts: Parts, text: str) -> None:
    """The first line, with the type when it names one in brackets."""
    for found in _KIND.finditer(text):
        if named := types.named(found[1]):
            parts.kind = found[1] if named else ""
            text = f"{text[: found.start()]}{text[found.end() :]}".strip()
            break
    if text:
        parts.add(text)


def _named(heading: str) -> str:
    """The type a heading names: 单选题（每题 2 分，共 20 分）."""
    word = re.split(r"[（(:：，,\s]", heading.strip())[0]
    return word if types.named(word) else ""


def _points(heading: str) -> str:
    found = _POINTS.search(heading)
    return found[1] if found else ""


def _plain(letter: str) -> str:
    return chr(ord(letter) - 0xFEE0).upper() if ord(letter) > 0xFF00 else letter.upper()
