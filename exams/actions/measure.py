"""How difficult questions proved to be: from the newest analysis of each exam back into the bank."""

from collections import defaultdict

from django.db.models import Exists, OuterRef, Q

from exams.models import AnalysedItem, ExamAnalysis, Question


def measure(*, analysis: ExamAnalysis) -> int:
    """Measure the questions whose current version is in the analysis; return how many there are."""
    here = AnalysedItem.objects.filter(analysis=analysis)
    questions = {q.current_id: q for q in Question.objects.filter(current__in=here.values("version"))}
    same_exam = ExamAnalysis.objects.filter(exam=OuterRef("analysis__exam"))
    newer = same_exam.filter(
        Q(at__gt=OuterRef("analysis__at")) | Q(at=OuterRef("analysis__at"), pk__gt=OuterRef("analysis"))
    )
    items = AnalysedItem.objects.filter(version__in=here.values("version"), facility__isnull=False)
    won: dict[int, float] = defaultdict(float)
    answers: dict[int, int] = defaultdict(int)
    for version, attempts, facility in items.exclude(Exists(newer)).values_list("version", "attempts", "facility"):
        won[version] += attempts * (facility or 0) / 100
        answers[version] += attempts
    measured = [question for version, question in questions.items() if answers.get(version or 0)]
    for question in measured:
        count = answers[question.current_id or 0]
        question.measured_answers = count
        question.measured_difficulty = 1 - won[question.current_id or 0] / count
    Question.objects.bulk_update(measured, ["measured_difficulty", "measured_answers"], batch_size=500)
    return len(measured)
