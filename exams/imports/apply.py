"""Store the questions of a reading; all of them or none."""

from collections.abc import Set
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from exams.actions.banks import Draft, add_questions, add_versions, open_bank
from exams.imports.checks import check
from exams.imports.known import known_in
from exams.imports.report import Finding, Kind, Report
from exams.imports.rows import Reading
from exams.models import QuestionBank
from lms.people.models import OrgUnit, Person

Places = Set[tuple[str, int]]


@dataclass(frozen=True)
class Taken:
    """The places of rows somebody takes: as new questions, and as new versions of what the bank has."""

    new: Places
    versions: Places

    def has(self, finding: Finding) -> bool:
        return finding.place in (self.new if finding.ours is None else self.versions)


@dataclass(frozen=True)
class Outcome:
    """What was stored: questions that are new, questions that got a new version."""

    bank: QuestionBank
    report: Report
    added: int
    revised: int


def preview(reading: Reading, *, bank_name: str) -> Report:
    """What `apply` would do now; stores nothing."""
    bank = QuestionBank.objects.filter(name=bank_name.strip()).first()
    return check(reading, known=known_in(bank))


@transaction.atomic
def apply(
    reading: Reading,
    *,
    bank_name: str,
    unit: OrgUnit | None,
    by: Person | None,
    at: datetime,
    taken: Taken | None = None,
) -> Outcome:
    """Check again and store what is taken: every new question when nobody decided.

    A question that came into the bank since it was taken as new stays as it is. The bank is made when there is none of
    this name, and locked meanwhile, so that a file sent twice at once is stored once.
    """
    bank = open_bank(name=bank_name, unit=unit, by=by, at=at)
    QuestionBank.objects.select_for_update().get(pk=bank.pk)
    report = check(reading, known=known_in(bank))
    chosen = _chosen(report, taken)
    new = {draft.hash: draft for finding, draft in chosen if finding.ours is None}
    revised = {finding.ours: draft for finding, draft in chosen if finding.ours is not None and finding.changes}
    add_questions(bank=bank, drafts=list(new.values()), by=by, at=at)
    add_versions(bank=bank, drafts=revised, by=by, at=at)
    return Outcome(bank, report, len(new), len(revised))


def _chosen(report: Report, taken: Taken | None) -> list[tuple[Finding, Draft]]:
    """Rows to store, in order: of one question the last one counts."""
    return [
        (finding, finding.draft)
        for finding in report.findings
        if finding.draft and finding.kind != Kind.WRONG
        if (finding.taken if taken is None else taken.has(finding))
    ]
