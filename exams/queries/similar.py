"""Groups of questions that ask nearly the same."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from exams import markup, types
from exams.likeness import differences, shingles
from exams.likeness.marks import Piece
from exams.models import KeptBoth, Question, QuestionBank, SimilarSearch
from exams.types.fill_in import MARK

BATCH: Final = 2000


def compared(bank: QuestionBank) -> dict[int, frozenset[str]]:
    """What the questions of a bank that are not out of use are compared by, in the order they came in."""
    rows = bank.questions.exclude(state=Question.State.RETIRED).filter(current__isnull=False).order_by("pk")
    facts = rows.values_list("pk", "current__type", "current__stem", "current__content", "current__markup")
    return {pk: likeness(*question) for pk, *question in facts.iterator(chunk_size=BATCH)}


def likeness(type: str, stem: str, content: Mapping[str, Any], form: str) -> frozenset[str]:
    """What a question is compared by: its words and its media."""
    texts = [markup.bare(text, form) for text in (MARK.sub("", stem), *types.get(type).texts(content))]
    return shingles(texts, markup.media(f"{stem} {json.dumps(content)}"))


@dataclass(frozen=True)
class Twin:
    """A question beside the first of its group: how alike in per cent, and both texts in pieces."""

    question: Question
    percent: int
    ours: Sequence[Piece]
    theirs: Sequence[Piece]


@dataclass(frozen=True)
class Likes:
    """Questions that are alike: the first that came into the bank, and those like it, the most alike first."""

    first: Question
    twins: Sequence[Twin]


def open_pairs(search: SimilarSearch) -> dict[int, list[tuple[int, int]]]:
    """By the first question of a group those beside it with per cent, decided ones left out; in two statements."""
    kept = set(KeptBoth.objects.filter(first__bank=search.bank_id).values_list("first", "second"))
    retired = set(
        Question.objects.filter(bank=search.bank_id, state=Question.State.RETIRED).values_list("pk", flat=True)
    )
    groups: dict[int, list[tuple[int, int]]] = defaultdict(list)
    placed: dict[int, int] = {}
    for one, other, percent in sorted(search.pairs, key=lambda pair: (pair[0], -pair[2])):
        if (min(one, other), max(one, other)) in kept or {one, other} & retired or other in placed:
            continue
        if one in placed:  # it is shown beside another one already; this pair comes up once that is decided
            continue
        groups[one].append((other, percent))
        placed[other] = one
    return dict(sorted(groups.items(), key=lambda group: -max(percent for _other, percent in group[1])))


def shown(groups: Iterable[tuple[int, list[tuple[int, int]]]]) -> list[Likes]:
    """Groups with their questions and what differs; one statement."""
    groups = list(groups)
    wanted = {pk for first, twins in groups for pk in (first, *(other for other, _percent in twins))}
    held = Question.objects.select_related("current").prefetch_related("tags").in_bulk(wanted)
    return [
        Likes(held[first], [_twin(held[first], held[other], percent) for other, percent in twins])
        for first, twins in groups
    ]


def _twin(first: Question, other: Question, percent: int) -> Twin:
    ours, theirs = differences(words(first), words(other))
    return Twin(other, percent, ours, theirs)


def words(question: Question) -> str:
    """All a question says, as one text, with its key."""
    kind, version = types.get(question.type), question.current
    assert version is not None
    lines = kind.reviewed(version.content, version.key, kind.shuffled(version.content, None), None)
    told = [f"{'√ ' if line.right else ''}{line.letter} {markup.bare(line.text, version.markup)}" for line in lines]
    return "\n".join([MARK.sub("____", markup.bare(version.stem, version.markup)), *map(str.strip, told)])
