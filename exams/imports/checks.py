"""Is each row a question, is it new, and is it worth a look?"""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from exams import types
from exams.actions.banks import Draft
from exams.imports.drafting import Unsupported, drafted, meant, merged
from exams.imports.known import EMPTY, Known, Ours, changes
from exams.imports.report import Doubt, Finding, Kind, Report, place
from exams.imports.rows import Reading, Row
from exams.likeness import Alike, Index
from exams.queries.similar import likeness
from exams.rules import normalise
from exams.types.question_type import Refused


def check(reading: Reading, *, known: Known = EMPTY) -> Report:
    """Sort the rows. `known` is what the bank holds already."""
    earlier = _Earlier()
    findings = [_finding(row, known, earlier) for row in reading.rows]
    _compare(findings, known)
    return Report(reading.format, reading.sheet, findings, _ignored(reading))


class _Earlier:
    """The questions of the rows above: by hash, and by type and stem."""

    def __init__(self) -> None:
        self.places: dict[str, Row] = {}
        self.stems: dict[tuple[str, str], Row] = {}


def _finding(row: Row, known: Known, earlier: _Earlier) -> Finding:
    finding = _read(row)
    if finding.draft is not None:
        _compared(finding, finding.draft, known, earlier)
    finding.remarks += [("", note) for note in row.notes]
    return finding


def _compared(finding: Finding, draft: Draft, known: Known, earlier: _Earlier) -> None:
    """Whether the bank or a row above has it, and whether it is worth a look."""
    if draft.hash in known.questions:
        _repeats_ours(finding, draft, known)
    elif draft.hash in earlier.places:
        _repeats_row(finding, earlier.places[draft.hash])
    else:
        _doubt(finding, draft, known, earlier)
    if finding.kind == Kind.NEW:
        earlier.places[draft.hash] = finding.row
    earlier.stems.setdefault(_stem(draft), finding.row)


def _read(row: Row) -> Finding:
    """The question the row makes, or the one it may mean, or why it is none."""
    try:
        return Finding(row, Kind.NEW, drafted(row))
    except Unsupported as unsupported:
        return Finding(row, Kind.WRONG, remarks=[(_column(row, "type"), str(unsupported))], supported=False)
    except Refused as refusal:
        return _meant(row, _column(row, refusal.field), refusal.reason)


def _meant(row: Row, column: str, reason: str) -> Finding:
    found = meant(row)
    if found is None:
        return Finding(row, Kind.WRONG, remarks=[(column, reason)])
    draft, instead = found
    finding = Finding(row, Kind.SUSPICIOUS, draft)
    finding.wonder(Doubt.ANSWER, column, _("%(wrong)s; %(meant)s") % {"wrong": reason, "meant": instead.reason})
    return finding


def _repeats_ours(finding: Finding, draft: Draft, known: Known) -> None:
    ours = known.questions[draft.hash]
    reason = _("the same question as %(earlier)s") % {"earlier": ours.name}
    finding.kind, finding.ours = Kind.DUPLICATE, ours.pk
    finding.draft = merged(finding.row, draft, ours.draft)
    finding.changes = changes(ours.draft, finding.draft)
    finding.remarks.insert(0, (_column(finding.row, "stem"), reason))
    if any(change.field == "answer" for change in finding.changes):
        finding.wonder(Doubt.ANSWER, _column(finding.row, "answer"), _("the answer differs from ours"))


def _repeats_row(finding: Finding, first: Row) -> None:
    earlier = place(first)
    finding.kind, finding.first = Kind.DUPLICATE, first.number
    reason = _("the same question as %(earlier)s") % {"earlier": earlier}
    finding.remarks.insert(0, (_column(finding.row, "stem"), reason))
    finding.changes = changes(_at_first(first), finding.draft) if finding.draft else []
    if any(change.field == "answer" for change in finding.changes):
        finding.wonder(Doubt.ANSWER, _column(finding.row, "answer"), _("the answer differs from the earlier row"))


def _at_first(first: Row) -> Draft:
    found = _read(first).draft
    assert found is not None, "only rows that make a question are remembered"
    return found


def _doubt(finding: Finding, draft: Draft, known: Known, earlier: _Earlier) -> None:
    """What makes a right question worth a look."""
    row = finding.row
    odd = types.get(draft.type).odd(draft.content, draft.key)
    if odd:
        finding.wonder(Doubt.ODD, _column(row, "answer"), odd)
    above, ours = earlier.stems.get(_stem(draft)), known.stems.get(_stem(draft))
    name = ours or (place(above) if above else "")
    if name:
        reason = _("the same wording as %(earlier)s, but other options") % {"earlier": name}
        finding.wonder(Doubt.STEM, _column(row, "stem"), reason)
    if not draft.explanation:
        finding.wonder(Doubt.EXPLANATION, _column(row, "explanation"), _("there is no explanation"))


def _compare(findings: Sequence[Finding], known: Known) -> None:
    """New questions that are much like one of the bank or like an earlier row."""
    new = [(finding, finding.draft) for finding in findings if finding.kind == Kind.NEW and finding.draft]
    ours = list(known.questions.values())
    sets = [_likeness(one.draft) for one in ours] + [_likeness(draft) for _finding, draft in new]
    index = Index(sets)
    for number, own in enumerate(sets):
        if number >= len(ours):
            _alike(new[number - len(ours)][0], index.alike(own), ours, new)
        index.put(number, own)


def _alike(
    finding: Finding, found: Sequence[Alike], ours: Sequence[Ours], new: Sequence[tuple[Finding, Draft]]
) -> None:
    """Only the most alike is named, and nothing where the wording is the same: that has been said."""
    if not found or finding.doubt == Doubt.STEM:
        return
    number, percent = found[0]
    name = ours[number].name if number < len(ours) else place(new[number - len(ours)][0].row)
    facts = {"n": percent, "other": name}
    finding.wonder(Doubt.SIMILAR, _column(finding.row, "stem"), _("%(n)s %% like %(other)s") % facts)


def _likeness(draft: Draft) -> frozenset[str]:
    return likeness(draft.type, draft.stem, draft.content, draft.markup)


def _stem(draft: Draft) -> tuple[str, str]:
    return draft.type, normalise.sameness(draft.stem)


def _column(row: Row, field: str) -> str:
    return row[field].column or row["option_A" if field == "options" else field].column


def _ignored(reading: Reading) -> list[str]:
    return sorted(set(reading.unknown))
