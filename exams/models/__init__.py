"""Question banks, blueprints, exams, and the attempts people make."""

from exams.models.analysis import AnalysedItem, AnalysisOrder, ExamAnalysis, Which
from exams.models.appeal import Appeal
from exams.models.attempt import Answer, Attempt, AttemptItem
from exams.models.bank import Question, QuestionBank, QuestionMedia, QuestionTag, QuestionVersion, SkillLevel
from exams.models.blueprint import Blueprint, BlueprintRule, CompulsoryQuestion, Exposure, Paper, PaperItem
from exams.models.contest import Contest, ContestMember, ContestTeam
from exams.models.correction import Correction
from exams.models.deferral import Deferral, Entrant
from exams.models.exam import Exam, Reopening
from exams.models.late import LateDecision
from exams.models.leave import ScreenLeave
from exams.models.marking import Marking, MarkingLease
from exams.models.practice import PracticeAnswer, PracticeCard, PracticeItem, PracticeRun, WrongItem
from exams.models.question_import import ImportRow, QuestionImport
from exams.models.score import ScoreChange
from exams.models.session import ExamSession, Intervention, Seat
from exams.models.similar import KeptBoth, SimilarSearch

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
    "Contest",
    "ContestMember",
    "ContestTeam",
    "Deferral",
    "Entrant",
    "Correction",
    "Exam",
    "ExamAnalysis",
    "ExamSession",
    "Exposure",
    "ImportRow",
    "LateDecision",
    "Intervention",
    "KeptBoth",
    "Marking",
    "MarkingLease",
    "Paper",
    "PaperItem",
    "PracticeAnswer",
    "PracticeCard",
    "PracticeItem",
    "PracticeRun",
    "Question",
    "QuestionBank",
    "QuestionImport",
    "QuestionMedia",
    "QuestionTag",
    "QuestionVersion",
    "Reopening",
    "ScreenLeave",
    "Seat",
    "ScoreChange",
    "SimilarSearch",
    "SkillLevel",
    "Which",
    "WrongItem",
]
