"""What came after the end of a sitting: as its taker is told, and as an examiner decides about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, Max, OuterRef

from exams import markup, types
from exams.models import Answer, Attempt, AttemptItem, LateDecision, Marking
from exams.queries.sitting_record import said
from exams.rules import lateness


@dataclass(frozen=True)
class Told:
    """How many questions have answers that came after the end: which wait, were accepted, were left."""

    waiting: int
    accepted: int
    left: int


def came(attempt: str) -> Exists:
    """Whether anything came after the end of the attempt in this field of a query; "pk" for attempts themselves."""
    return Exists(Answer.objects.filter(attempt=OuterRef(attempt), standing=Answer.Standing.LATE))


def told(attempt: Attempt) -> Told:
    found = Answer.objects.filter(attempt=attempt, standing=Answer.Standing.LATE)
    questions: dict[bool | None, set[int]] = {None: set(), True: set(), False: set()}
    for position, accepted in found.values_list("position", "decision__accepted"):
        questions[accepted].add(position)
    waiting = questions[None] - questions[True]
    return Told(len(waiting), len(questions[True]), len(questions[False] - questions[True] - waiting))


@dataclass(frozen=True)
class LateAnswer:
    """One answer that came too late: what it says, what counts now, and what became of it or stands against it."""

    answer: Answer
    item: AttemptItem
    stem: str
    text: str
    counts: str
    decision: LateDecision | None
    why_not: lateness.WhyNot | None


def late_answers(attempt: Attempt) -> Sequence[LateAnswer]:
    """In the order of the paper, and then as they came."""
    rows = attempt.answers.filter(standing=Answer.Standing.LATE).select_related("decision__by")
    answers = list(rows.order_by("position", "received_at", "seq"))
    if not answers:
        return []
    positions = {one.position for one in answers}
    found = AttemptItem.objects.filter(attempt=attempt, position__in=positions).select_related("version")
    items = {item.position: item for item in found}
    marked = set(Marking.objects.filter(item__in=found).values_list("item__position", flat=True))
    counting = attempt.answers.filter(standing=Answer.Standing.ACCEPTED, position__in=positions).order_by()
    newest = dict(counting.values_list("position").annotate(Max("written_at")))
    return [
        _shown(attempt, items[one.position], one, one.position in marked, newest.get(one.position)) for one in answers
    ]


def _shown(attempt: Attempt, item: AttemptItem, answer: Answer, marked: bool, newest: datetime | None) -> LateAnswer:
    version = item.version
    decision = getattr(answer, "decision", None)
    by_people = types.get(version.type).waits(version.content, answer.payload) and attempt.score is not None
    why_not = lateness.why_not(answer.written_at, attempt.submitted_at, newest=newest, marked=marked or by_people)
    stem = markup.bare(version.stem, version.markup)
    return LateAnswer(answer, item, stem, said(item, answer.payload), said(item, item.answer), decision, why_not)
