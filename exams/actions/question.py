"""Write one question: a new one as a draft, or new words for one that exists."""

from datetime import datetime

from django.db import transaction

from exams.actions.banks import Draft, add_questions, changed, revised
from exams.models import Question, QuestionBank
from lms.journal import actions as journal
from lms.people.models import Person


@transaction.atomic
def write_question(*, bank: QuestionBank, draft: Draft, by: Person, at: datetime) -> Question:
    """A new question, as a draft. IntegrityError when the bank has it already."""
    add_questions(bank=bank, drafts=[draft], by=by, at=at, state=Question.State.DRAFT)
    return Question.objects.get(bank=bank, hash=draft.hash)


@transaction.atomic
def rewrite_question(*, question: Question, draft: Draft, by: Person, at: datetime) -> None:
    """A new version, as a draft: what was in use has to be reviewed again. Papers keep the version they have.

    IntegrityError when the bank has such a question already, or somebody else writes at this moment.
    """
    revised(question, draft, by, at)
    Question.objects.filter(pk=question.pk).update(
        state=Question.State.DRAFT, state_by=by, state_reason="", outdated="", new_edition=""
    )
    changed(question.bank)
    payload = {"bank": question.bank_id, "question": question.pk}
    journal.write("question-rewritten", by=by, unit=question.bank.unit, at=at, payload=payload)
