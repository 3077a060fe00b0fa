"""Store the new questions of a reading; all of them or none."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from exams.actions.banks import add_questions, open_bank
from exams.imports.checks import check
from exams.imports.report import Report
from exams.imports.rows import Reading
from exams.models import Question, QuestionBank
from lms.people.models import OrgUnit, Person


def known_questions(bank: QuestionBank | None) -> dict[str, str]:
    """The questions of a bank: hash → how a person would recognise it."""
    if bank is None:
        return {}
    rows = Question.objects.filter(bank=bank).values_list("hash", "code")
    return {
        hash: _("question %(code)s of the bank") % {"code": code} if code else _("one in the bank")
        for hash, code in rows
    }


def preview(reading: Reading, *, bank_name: str) -> Report:
    """What `apply` would do now; stores nothing."""
    bank = QuestionBank.objects.filter(name=bank_name.strip()).first()
    return check(reading, known=known_questions(bank))


@transaction.atomic
def apply(
    reading: Reading, *, bank_name: str, unit: OrgUnit | None, by: Person | None, at: datetime
) -> tuple[QuestionBank, Report]:
    """Check again and store what is new; the bank is made when there is none of this name.

    The bank is locked meanwhile, so that a file sent twice at once is stored once.
    """
    bank = open_bank(name=bank_name, unit=unit, by=by, at=at)
    QuestionBank.objects.select_for_update().get(pk=bank.pk)
    report = check(reading, known=known_questions(bank))
    add_questions(bank=bank, drafts=[draft for _row, draft in report.new], by=by, at=at)
    return bank, report
