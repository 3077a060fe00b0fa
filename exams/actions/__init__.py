"""What one can do to banks, exams and sittings."""

from exams.actions.analyse import analyse_waiting, order_analysis
from exams.actions.answer import save_answer
from exams.actions.appeal import NotOpen, appeal, decline, uphold
from exams.actions.assess import assess, begin_assessment
from exams.actions.attach import attach_to_lesson
from exams.actions.banks import add_questions, add_versions, open_bank
from exams.actions.change import change_exam
from exams.actions.close import close_expired, close_if_over
from exams.actions.correct import correct, go_on, go_on_correcting
from exams.actions.create import ExamPlan, PlannedRule, create_exam, create_standalone
from exams.actions.decide_pass import decide_pass
from exams.actions.defer import Decided, TooLate, ask_deferral, decide_deferral
from exams.actions.enter import enter
from exams.actions.intervene import NoSitting, admit, end, extend, unlock
from exams.actions.leaves import note_leaves
from exams.actions.make_up import MakeUpPlan, plan_make_up, put_on_list, take_off_list
from exams.actions.mark import LEASE, NotInHand, mark, take
from exams.actions.papers import InUse, NoOther, count_exposure, make_papers, replace_item, take_out
from exams.actions.release import release, release_due
from exams.actions.reopen import reopen
from exams.actions.sessions import Full, SessionPlan, grant_extra, plan_session, seat_people, vacate
from exams.actions.start import MustClose, NotAllowed, start_attempt
from exams.actions.submit import submit_attempt
from exams.actions.takeover import Locked, take_over

__all__ = [
    "ExamPlan",
    "Full",
    "InUse",
    "Locked",
    "LEASE",
    "MustClose",
    "NoOther",
    "NoSitting",
    "NotAllowed",
    "NotInHand",
    "NotOpen",
    "PlannedRule",
    "SessionPlan",
    "add_questions",
    "add_versions",
    "admit",
    "analyse_waiting",
    "attach_to_lesson",
    "change_exam",
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
    "end",
    "enter",
    "extend",
    "grant_extra",
    "make_papers",
    "note_leaves",
    "decide_pass",
    "decline",
    "go_on",
    "go_on_correcting",
    "make_papers",
    "mark",
    "open_bank",
    "order_analysis",
    "plan_session",
    "release",
    "release_due",
    "reopen",
    "replace_item",
    "save_answer",
    "seat_people",
    "start_attempt",
    "submit_attempt",
    "take",
    "take_out",
    "take_over",
    "unlock",
    "vacate",
    "Decided",
    "TooLate",
    "ask_deferral",
    "decide_deferral",
    "MakeUpPlan",
    "plan_make_up",
    "put_on_list",
    "take_off_list",
    "uphold",
]
