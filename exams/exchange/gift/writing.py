"""From questions to a GIFT file. What GIFT has no words for stays out by name."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final

from django.utils.translation import gettext as _

from exams.exchange.choices import feedback_of, shares_of
from exams.exchange.gathering import Written
from exams.exchange.gift.blocks import in_brackets
from exams.exchange.gift.escapes import escape
from exams.exchange.labels import with_labels
from exams.exchange.matches import lines_of
from exams.exchange.numbers import percent
from exams.exchange.passages import looks_like_html
from exams.exchange.question import Exchanged, Markup
from exams.exchange.unreadable import Unlike
from exams.exchange.wildcards import for_moodle
from exams.exchange.writing import Sheet, plain_text, type_name


def write(questions: Iterable[Exchanged]) -> Written:
    """A UTF-8 text file."""
    sheet, topic = Sheet(), ""
    blocks: list[str] = []
    for question in questions:
        block = sheet.take(question, lambda question=question: _block(question, sheet))  # type: ignore[misc]
        if block is None:
            continue
        if question.topic != topic:
            topic = question.topic
            blocks.append(f"$CATEGORY: {topic or 'top'}")
        blocks.append(block)
    return sheet.written(("\n\n".join(blocks) + "\n").encode())


def _block(question: Exchanged, sheet: Sheet) -> str:
    if question.media:
        sheet.remark(question, _("pictures and sounds are not in a GIFT file"))
    body = _body(question, sheet)
    lines = [line for line in [_told(question)] if line]
    title = f"::{escape(question.title)}:: " if question.title else ""
    head = f"{title}{_prefix(question.stem, question.markup)}"
    if body is None:
        return "\n".join([*lines, f"{head}{escape(question.stem)}"])
    said = f" ####{_text(question.explanation, question.markup)}" if question.explanation else ""
    before, mark, after = question.stem.partition("{{1}}") if question.type == "fill_in" else (question.stem, "", "")
    gap = "" if mark and after.strip() else " "
    return "\n".join([*lines, f"{head}{escape(before)}{gap}{{{body}{said}}}{escape(after)}"])


def _told(question: Exchanged) -> str:
    code = [f"[id:{in_brackets(question.code)}]"] if question.code else []
    tags = [f"[tag:{in_brackets(tag)}]" for tag in with_labels(question)]
    return "// " + " ".join(code + tags) if code or tags else ""


def _text(text: str, markup: Markup) -> str:
    return f"{_prefix(text, markup)}{escape(text)}" if text else ""


def _prefix(text: str, markup: Markup) -> str:
    """How GIFT says the format, where it would be taken for another."""
    if markup == Markup.HTML:
        return "[html]"
    return "[plain]" if looks_like_html(text) or text.startswith(("[", "//", "%")) else ""


def _body(question: Exchanged, sheet: Sheet) -> str | None:
    """What stands in the braces; None for no braces at all. Raises Unlike."""
    make = _BODIES.get(question.type)
    if make is None:
        raise Unlike(type_name(question), _("GIFT has no questions of this type"))
    return make(question, sheet)


def _description(question: Exchanged, sheet: Sheet) -> None:
    if question.explanation:
        sheet.remark(question, _("the explanation of a description is not in a GIFT file"))


def _essay(question: Exchanged, sheet: Sheet) -> str:
    if question.key.get("rubric") or question.key.get("reference") or question.content:
        sheet.remark(question, _("rubric, reference answer and length are not in a GIFT file"))
    return ""


def _numerical(question: Exchanged, sheet: Sheet) -> str:
    if question.content.get("units") or question.key.get("units"):
        sheet.remark(question, _("units are not in a GIFT file"))
    return f"#{_numbers(question.key['accepted'])}"


def _options(question: Exchanged, sheet: Sheet) -> str:
    options = question.content["options"]
    shares = shares_of(question.type, question.key, len(options))
    said = feedback_of(question.key, len(options))
    single = question.type == "single"
    lines = [
        f"\t{_mark(share, right=single and index in question.key['correct'])}{_text(text, question.markup)}"
        + (f"#{_text(feedback, question.markup)}" if feedback else "")
        for index, (text, share, feedback) in enumerate(zip(options, shares, said, strict=True))
    ]
    return "\n" + "\n".join(lines) + "\n"


def _mark(share: str, *, right: bool) -> str:
    if right:
        return "=" if share == "1" else f"=%{percent(share)}%"
    return "~" if share == "0" else f"~%{percent(share)}%"


def _truth(question: Exchanged, sheet: Sheet) -> str:
    key, markup = question.key, question.markup
    right, wrong = feedback_of(key, 2) if key["correct"] else reversed(feedback_of(key, 2))
    said = f"#{_text(wrong, markup)}" + (f"#{_text(right, markup)}" if right else "") if right or wrong else ""
    return ("TRUE" if key["correct"] else "FALSE") + said


def _pairs(question: Exchanged, sheet: Sheet) -> str:
    lines = lines_of(question.content, question.key)
    if any("->" in left for left, _right in lines):
        raise Unlike(type_name(question), _("an arrow in a text cannot be told from the arrow of a pair"))
    return "\n" + "".join(
        f"\t={_text(left, question.markup)} -> {escape(plain_text(question, right, sheet))}\n" for left, right in lines
    )


def _numbers(accepted: Sequence[Any]) -> str:
    return " ".join(
        f"=%{percent(entry.get('share', '1'))}%{entry['value']}:{entry.get('tolerance', '0')}" for entry in accepted
    )


def _blank(question: Exchanged, sheet: Sheet) -> str:
    blanks, keys = question.content["blanks"], question.key["blanks"]
    if len(blanks) != 1 or blanks[0]["kind"] == "choice":
        raise Unlike(type_name(question), _("GIFT knows one blank a question, of text or a number"))
    if keys[0].get("case"):
        sheet.remark(question, _("that case matters is not in a GIFT file"))
    accepted = keys[0]["accepted"]
    if blanks[0]["kind"] == "number":
        if "{{1}}" not in question.stem or question.stem.strip().endswith("{{1}}"):
            sheet.remark(question, _("a number at the end of the text becomes a numerical question"))
        return f"#{_numbers(accepted)}"
    if any("->" in entry["text"] for entry in accepted):
        raise Unlike(type_name(question), _("an arrow in a text cannot be told from the arrow of a pair"))
    texts = [(entry.get("share", "1"), for_moodle(entry["text"], keys[0])) for entry in accepted]
    return " ".join(f"=%{percent(share)}%{_text(text, Markup.PLAIN)}" for share, text in texts)


_BODIES: Final[dict[str, Callable[[Exchanged, Sheet], str | None]]] = {
    "description": _description,
    "essay": _essay,
    "short_answer": _essay,
    "single": _options,
    "multiple": _options,
    "true_false": _truth,
    "matching": _pairs,
    "numerical": _numerical,
    "fill_in": _blank,
}
