"""What one can do to banks, exams and sittings."""

from exams.actions.analyse import analyse_waiting, order_analysis
from exams.actions.answer import save_answer
from exams.actions.appeal import NotOpen, appeal, decline, uphold
from exams.actions.assess import assess, begin_assessment
from exams.actions.attach import attach_to_lesson
from exams.actions.banks import add_questions, add_versions, open_bank
from exams.actions.change import change_exam
from exams.actions.close import close_expired, close_if_over
from exams.actions.contest import ContestPlan, plan_contest
from exams.actions.correct import correct, go_on, go_on_correcting
from exams.actions.create import ExamPlan, NothingOpen, PlannedRule, create_exam, create_standalone
from exams.actions.decide_pass import decide_pass
from exams.actions.defer import Decided, TooLate, ask_deferral, decide_deferral
from exams.actions.enter import enter
from exams.actions.intervene import NoSitting, admit, end, extend, unlock
from exams.actions.late import accept_late, leave_late
from exams.actions.leaves import note_leaves
from exams.actions.make_up import MakeUpPlan, plan_make_up, put_on_list, take_off_list
from exams.actions.mark import LEASE, NotInHand, mark, take
from exams.actions.mock import start_mock
from exams.actions.papers import InUse, NoOther, count_exposure, make_papers, replace_item, take_out
from exams.actions.release import release, release_due
from exams.actions.reopen import reopen
from exams.actions.reschedule import TooSmall, cancel_session, change_session
from exams.actions.sessions import Cancelled, Full, SessionPlan, grant_extra, plan_session, seat_people, vacate
from exams.actions.start import MustClose, NotAllowed, start_attempt
from exams.actions.submit import submit_attempt
from exams.actions.takeover import Locked, take_over

__all__ = [
    "LEASE",
    "Cancelled",
    "ContestPlan",
    "Decided",
    "ExamPlan",
    "Full",
    "InUse",
    "Locked",
    "MakeUpPlan",
    "MustClose",
    "NoOther",
    "NoSitting",
    "NotAllowed",
    "NotInHand",
    "NotOpen",
    "NothingOpen",
    "PlannedRule",
    "SessionPlan",
    "TooLate",
    "TooSmall",
    "accept_late",
    "add_questions",
    "add_versions",
    "admit",
    "analyse_waiting",
    "appeal",
    "ask_deferral",
    "assess",
    "attach_to_lesson",
    "begin_assessment",
    "cancel_session",
    "change_exam",
    "change_session",
    "close_expired",
    "close_if_over",
    "correct",
    "count_exposure",
    "create_exam",
    "create_standalone",
    "decide_deferral",
    "decide_pass",
    "decline",
    "end",
    "enter",
    "extend",
    "go_on",
    "go_on_correcting",
    "grant_extra",
    "leave_late",
    "make_papers",
    "mark",
    "note_leaves",
    "open_bank",
    "order_analysis",
    "plan_contest",
    "plan_make_up",
    "plan_session",
    "put_on_list",
    "release",
    "release_due",
    "reopen",
    "replace_item",
    "save_answer",
    "seat_people",
    "start_attempt",
    "start_mock",
    "submit_attempt",
    "take",
    "take_off_list",
    "take_out",
    "take_over",
    "unlock",
    "uphold",
    "vacate",
]
