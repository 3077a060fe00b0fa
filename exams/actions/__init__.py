"""What one can do to banks, exams and sittings."""

from exams.actions.analyse import analyse_waiting, order_analysis
from exams.actions.answer import save_answer
from exams.actions.appeal import NotOpen, appeal, decline, uphold
from exams.actions.assess import assess, begin_assessment
from exams.actions.attach import attach_to_lesson
from exams.actions.banks import add_questions, add_versions, open_bank
from exams.actions.close import close_expired, close_if_over
from exams.actions.correct import correct, go_on, go_on_correcting
from exams.actions.create import ExamPlan, PlannedRule, create_exam, create_standalone
from exams.actions.decide_pass import decide_pass
from exams.actions.mark import LEASE, NotInHand, mark, take
from exams.actions.papers import InUse, NoOther, count_exposure, make_papers, replace_item, take_out
from exams.actions.release import release, release_due
from exams.actions.reopen import reopen
from exams.actions.start import MustClose, NotAllowed, start_attempt
from exams.actions.submit import submit_attempt
from exams.actions.takeover import take_over

__all__ = [
    "ExamPlan",
    "InUse",
    "LEASE",
    "MustClose",
    "NoOther",
    "NotAllowed",
    "NotInHand",
    "NotOpen",
    "PlannedRule",
    "add_questions",
    "add_versions",
    "appeal",
    "assess",
    "analyse_waiting",
    "attach_to_lesson",
    "begin_assessment",
    "close_expired",
    "close_if_over",
    "correct",
    "count_exposure",
    "create_exam",
    "create_standalone",
    "decide_pass",
    "decline",
    "go_on",
    "go_on_correcting",
    "make_papers",
    "mark",
    "open_bank",
    "order_analysis",
    "release",
    "release_due",
    "reopen",
    "replace_item",
    "save_answer",
    "start_attempt",
    "submit_attempt",
    "take",
    "take_out",
    "take_over",
    "uphold",
]
