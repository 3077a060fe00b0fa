"""What happened in one sitting besides its result, for its examiner."""

from collections.abc import Sequence
from dataclasses import dataclass

from exams import markup, types
from exams.models import Answer, Attempt, AttemptItem


@dataclass(frozen=True)
class SetAside:
    """An answer that does not count: which question, what it says, when it was given and when it came."""

    answer: Answer
    stem: str
    text: str


def set_aside(attempt: Attempt) -> Sequence[SetAside]:
    """Answers from a device that no longer held the sitting, as they came."""
    displaced = attempt.answers.filter(standing=Answer.Standing.SUPERSEDED_HOLDER)
    found = displaced.order_by("received_at", "seq")
    answers = list(found)
    rows = AttemptItem.objects.filter(attempt=attempt, position__in={one.position for one in answers})
    items = {item.position: item for item in rows.select_related("version")} if answers else {}
    return [_shown(items[one.position], one) for one in answers]


def _shown(item: AttemptItem, answer: Answer) -> SetAside:
    version = item.version
    return SetAside(answer, markup.bare(version.stem, version.markup), said(item, answer.payload))


def said(item: AttemptItem, payload: types.Payload) -> str:
    """An answer in words; "" when it was taken back."""
    kind, version = types.get(item.version.type), item.version
    lines = kind.reviewed(version.content, version.key, item.order, payload) if kind.answered(payload) else []
    options = [_option(line) for line in lines if line.role == "option" and line.chosen]
    given = [line.given for line in lines if line.role == "answer" and line.given]
    return "；".join(markup.bare(each, version.markup) for each in options + given)


def _option(line: types.Reviewed) -> str:
    return f"{line.letter} {line.text}".strip()
