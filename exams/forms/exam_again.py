"""An exam as its form shows it again."""

from typing import Any

from exams.forms.exam import RANGES
from exams.models import BlueprintRule, Exam

SAME = ("title", "unit", "minutes", "pass_score", "max_attempts", "multiple_scoring", "opens_at", "closes_at",
        "release_at", "kind", "wait_hours", "lessons_first", "hours_first", "protection", "second_marker",
        "arbitrate_above", "shows", "appeal_days", "practice_first", "practice_answers")  # fmt: skip
OF_ITS_COURSE = ("standalone", "code", "line", "hours", "account")
_DIFFICULTY = {span: key for key, span in RANGES.items()}


def facts_of(exam: Exam) -> dict[str, Any]:
    """The initial values of an `ExamForm`."""
    blueprint = exam.blueprint
    compulsory = list(blueprint.compulsory.select_related("question").order_by("pk"))
    return {
        **{name: getattr(exam, name) for name in SAME},
        "practice_banks": list(exam.practice_banks.all()),
        "papers": blueprint.papers.count(),
        "no_repeats": blueprint.no_repeats,
        "exposure_limit": blueprint.exposure_limit,
        "shuffle_questions": blueprint.shuffle_questions,
        "shuffle_options": blueprint.shuffle_options,
        "compulsory": "，".join(one.question.code for one in compulsory),
        "compulsory_points": compulsory[0].points if compulsory else 2,
    }


def rules_of(exam: Exam) -> list[dict[str, Any]]:
    """The initial values of a `RuleFormSet`."""
    return [_rule(rule) for rule in exam.blueprint.rules.all()]


def _rule(rule: BlueprintRule) -> dict[str, Any]:
    same = {name: getattr(rule, name) for name in ("bank", "type", "topic", "tag", "count", "points")}
    return {**same, "difficulty": _DIFFICULTY.get((rule.easiest, rule.hardest), "")}
