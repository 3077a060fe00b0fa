"""What stands between the braces of a GIFT question."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from exams.exchange.gift.escapes import release
from exams.exchange.numbers import decimal, of_percent, plain
from exams.exchange.passages import Passage
from exams.exchange.unreadable import Broken

FORMAT = re.compile(r"^\s*\[(html|plain|markdown|moodle)\]", re.IGNORECASE)
_WEIGHT = re.compile(r"^\s*%(-?[0-9]{1,3}(?:\.[0-9]{0,7})?)%")
_TRUTH = {"T": True, "TRUE": True, "F": False, "FALSE": False}


@dataclass(frozen=True)
class Answer:
    """One answer: what it earns, its text, and what is said to who gives it."""

    share: str
    text: Passage
    feedback: Passage


def passage(text: str) -> Passage:
    """A text with the format it names; HTML when it names none and looks so."""
    named = FORMAT.match(text)
    bare = release(text[named.end() :] if named else text)
    if named:
        return Passage(bare, named[1].lower() == "html")
    return Passage.guessed(bare)


def options(body: str) -> list[Answer]:
    """`=right ~wrong ~%50%half right#feedback`."""
    marked = body.replace("=", "~=")
    return [_answer(part, right="=") for part in marked.split("~") if part.strip()]


def accepted(body: str) -> list[Answer]:
    """`=text =%50%another`, where every one is right; a text alone is one answer."""
    return [_answer(f"={part}", right="=") for part in body.split("=") if part.strip()]


def truth(body: str) -> tuple[bool, list[Passage]] | None:
    """Right or wrong, with what is said to who chose wrongly and rightly; None when it is neither."""
    word, *said = body.split("#")
    correct = _TRUTH.get(word.strip().upper())
    return None if correct is None else (correct, [passage(text) for text in said[:2]])


def pairs(body: str) -> list[tuple[Passage, str]]:
    """`=left -> right`; an empty left is a right side more."""
    found = []
    for part in body.split("="):
        if not part.strip():
            continue
        left, arrow, right = part.partition("->")
        if not arrow:
            raise Broken(_("a pair lacks its arrow “->”"))
        found.append((passage(left), release(right)))
    return found


def numbers(body: str) -> tuple[list[dict[str, str]], bool]:
    """Accepted numbers of `3:0.1`, `1..5` or `=%50%3:2`, and whether there was feedback, which is not kept."""
    text, _tilde, wrong = body.strip().partition("~")
    parts = [part for part in text.split("=") if part.strip()]
    found = [_number(part) for part in parts]
    if not found:
        raise Broken(_("no number is given as the answer"))
    return found, bool(wrong.strip()) or "#" in text


def _number(part: str) -> dict[str, str]:
    weight = _WEIGHT.match(part)
    text = release((part[weight.end() :] if weight else part).split("#")[0])
    low, dots, high = text.partition("..")
    try:
        if dots:
            first, last = decimal(low), decimal(high)
            value, tolerance = (first + last) / 2, abs(last - first) / 2
        else:
            number, colon, around = text.partition(":")
            value, tolerance = decimal(number), abs(decimal(around)) if colon and around.strip() else decimal("0")
    except ValueError:
        raise Broken(_("“%(text)s” is not a number") % {"text": text[:40]}) from None
    share = of_percent(weight[1]) if weight else "1"
    return {"value": plain(value), "tolerance": plain(tolerance), "share": share}


def _answer(part: str, *, right: str) -> Answer:
    bare = part.lstrip()
    share = "1" if bare.startswith(right) else "0"
    bare = bare.removeprefix(right)
    if weight := _WEIGHT.match(bare):
        share, bare = of_percent(weight[1]), bare[weight.end() :]
    text, _hash, feedback = bare.partition("#")
    return Answer(share, passage(text), passage(feedback))
