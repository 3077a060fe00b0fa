"""A comparison as plain values, to be stored, shown and compared with a later one."""

from typing import Any

from lms.people.roster.findings import Comparison, missing_key
from lms.people.roster.problems import Problem


def result(comparison: Comparison) -> dict[str, Any]:
    found = [
        {
            "row": finding.row.number,
            "staff_no": finding.row.get("staff_no"),
            "name": finding.row.get("name"),
            "kind": finding.kind.value,
            "changes": [list(change) for change in finding.changes],
            "problems": _plain(finding.row.problems),
            "doubts": _plain(finding.doubts),
            "may_be_taken": finding.may_be_taken,
            "taken": finding.taken,
        }
        for finding in comparison.findings
    ]
    missing = [{"staff_no": person.staff_no, "name": person.name} for person in comparison.missing]
    concerns = [[concern.code, concern.name, *_plain([concern.problem])] for concern in comparison.concerns]
    return {
        "counts": comparison.counts,
        "findings": found,
        "missing": missing,
        "concerns": concerns,
        "plan": comparison.plan(),
    }


def fresh_keys(old: dict[str, Any], new: dict[str, Any]) -> set[str]:
    """Keys of rows that come to something else in `new` than in `old`."""
    before, after = _by_key(old), _by_key(new)
    return {key for key in {*before, *after} if before.get(key) != after.get(key)}


def _by_key(report: dict[str, Any]) -> dict[str, Any]:
    rows = {f"row-{finding['row']}": finding for finding in report["findings"]}
    return rows | {missing_key(one["staff_no"]): one for one in report["missing"]}


def _plain(problems: list[Problem]) -> list[list[str]]:
    return [[problem.column, problem.code, problem.value] for problem in problems]
