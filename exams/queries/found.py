"""Questions of a bank by what somebody looks for."""

from dataclasses import dataclass, fields
from typing import Any, Final
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.http import QueryDict

from exams import types
from exams.models import Question, QuestionBank, QuestionTag

LONGEST: Final = 200


@dataclass(frozen=True)
class Wanted:
    """A filter; "" means any. A topic covers what lies below it."""

    q: str = ""
    type: str = ""
    state: str = ""
    topic: str = ""
    difficulty: str = ""
    tag: str = ""
    document: str = ""

    @classmethod
    def of(cls, sent: QueryDict) -> "Wanted":
        """Values that mean nothing are left out."""
        given = {one.name: sent.get(one.name, "").replace("\0", "").strip()[:LONGEST] for one in fields(cls)}
        allowed: dict[str, Any] = {
            "type": types.registered(), "state": Question.State.values, "difficulty": ("1", "2", "3", "4", "5"),
        }  # fmt: skip
        return cls(**{name: value for name, value in given.items() if value in allowed.get(name, (value,))})

    @property
    def given(self) -> list[tuple[str, str]]:
        return [(one.name, getattr(self, one.name)) for one in fields(self) if getattr(self, one.name)]

    @property
    def query(self) -> str:
        return urlencode(self.given)

    @property
    def more(self) -> bool:
        """Whether something beyond text, type and state is asked for."""
        return bool(self.topic or self.difficulty or self.tag or self.document)

    def questions(self, bank: QuestionBank) -> QuerySet[Question]:
        rows = Question.objects.filter(bank=bank, current__isnull=False)
        same = {"type": self.type, "state": self.state, "difficulty": self.difficulty, "tags__name": self.tag}
        same |= {"current__basis_document": self.document}
        rows = rows.filter(**{name: value for name, value in same.items() if value})
        if self.topic:
            rows = rows.filter(Q(topic=self.topic) | Q(topic__startswith=f"{self.topic}/"))
        if self.q:
            rows = rows.filter(Q(current__stem__contains=self.q) | Q(code=self.q))
        return rows.order_by("code", "pk")


@dataclass(frozen=True)
class Offered:
    """What of a bank can be looked for."""

    topics: list[str]
    tags: list[str]
    documents: list[str]


def offered(bank: QuestionBank) -> Offered:
    """In three statements. Topics with those above them."""
    own = bank.questions.filter(current__isnull=False).order_by()
    topics = set(own.exclude(topic="").values_list("topic", flat=True).distinct())
    above = {"/".join(parts[:n]) for parts in (topic.split("/") for topic in topics) for n in range(1, len(parts))}
    tags = QuestionTag.objects.filter(questions__bank=bank).order_by("name").values_list("name", flat=True).distinct()
    documents = own.exclude(current__basis_document="").values_list("current__basis_document", flat=True).distinct()
    return Offered(sorted(topics | above), list(tags), sorted(documents))
