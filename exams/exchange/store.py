"""Put the questions of an exchange into a bank; all that can be stored, or nothing."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from exams.actions.banks import Draft, add_questions
from exams.exchange.drafting import drafted
from exams.exchange.question import Exchange, Exchanged, NotCarried, Why
from exams.models import Question, QuestionBank
from exams.types import Refused
from lms.people.models import Person


@dataclass
class Outcome:
    """What came of a file. `new`: place and question; `duplicates`: place and what it repeats, in words.

    `not_carried` names what the reader left out and what we refuse, in the order of the file where that is known;
    `remarks` as in `Exchange`.
    """

    new: list[tuple[str, Draft]] = field(default_factory=list)
    duplicates: list[tuple[str, str]] = field(default_factory=list)
    not_carried: list[NotCarried] = field(default_factory=list)
    remarks: list[tuple[str, str]] = field(default_factory=list)


def examine(exchange: Exchange, *, bank: QuestionBank | None) -> Outcome:
    """What `store` would do now; stores nothing."""
    outcome = Outcome(not_carried=list(exchange.not_carried), remarks=list(exchange.remarks))
    seen = _known(bank)
    for question in exchange.questions:
        _sort(question, seen, outcome)
    return outcome


@transaction.atomic
def store(
    exchange: Exchange,
    *,
    bank: QuestionBank,
    by: Person | None,
    at: datetime,
    state: str = Question.State.ACTIVE,
) -> Outcome:
    """Add what is new. The bank is locked meanwhile, so that a file sent twice at once is stored once."""
    QuestionBank.objects.select_for_update().get(pk=bank.pk)
    outcome = examine(exchange, bank=bank)
    add_questions(bank=bank, drafts=[draft for _place, draft in outcome.new], by=by, at=at, state=state)
    return outcome


def _known(bank: QuestionBank | None) -> dict[str, str]:
    """The questions of a bank by hash, with how people would recognise them."""
    if bank is None:
        return {}
    rows = Question.objects.filter(bank=bank).values_list("hash", "code")
    return {
        hash: _("question %(code)s of the bank") % {"code": code} if code else _("one in the bank")
        for hash, code in rows
    }


def _sort(question: Exchanged, seen: dict[str, str], outcome: Outcome) -> None:
    try:
        draft = drafted(question)
    except Refused as refusal:
        what = question.code or question.title or question.stem[:60]
        outcome.not_carried.append(NotCarried(question.place, what, Why.REFUSED, refusal.reason))
        return
    if draft.hash in seen:
        outcome.duplicates.append((question.place, seen[draft.hash]))
        return
    seen[draft.hash] = _("%(place)s of this file") % {"place": question.place}
    outcome.new.append((question.place, draft))
