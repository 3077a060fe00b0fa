"""Question banks, blueprints, exams, and the attempts people make."""

from exams.models.analysis import AnalysedItem, AnalysisOrder, ExamAnalysis, Which
from exams.models.appeal import Appeal
from exams.models.attempt import Answer, Attempt, AttemptItem
from exams.models.bank import Question, QuestionBank, QuestionMedia, QuestionTag, QuestionVersion, SkillLevel
from exams.models.blueprint import Blueprint, BlueprintRule, CompulsoryQuestion, Exposure, Paper, PaperItem
from exams.models.correction import Correction
from exams.models.exam import Exam, Reopening
from exams.models.marking import Marking, MarkingLease
from exams.models.question_import import ImportRow, QuestionImport
from exams.models.score import ScoreChange

__all__ = [
    "AnalysedItem",
    "AnalysisOrder",
    "Answer",
    "Appeal",
    "Attempt",
    "AttemptItem",
    "Blueprint",
    "BlueprintRule",
    "CompulsoryQuestion",
    "Correction",
    "Exam",
    "ExamAnalysis",
    "Exposure",
    "ImportRow",
    "Marking",
    "MarkingLease",
    "Paper",
    "PaperItem",
    "Question",
    "QuestionBank",
    "QuestionImport",
    "QuestionMedia",
    "QuestionTag",
    "QuestionVersion",
    "Reopening",
    "ScoreChange",
    "SkillLevel",
    "Which",
]
