"""What one can do to records: enrol, study, complete, assign, correct, remind."""

from lms.records.actions.assign import assign, assign_to_newcomer, withdraw
from lms.records.actions.complete import complete_lesson
from lms.records.actions.correct import correct_record
from lms.records.actions.enrol import NotOffered, enrol
from lms.records.actions.remind import remind
from lms.records.actions.settle import settle
from lms.records.actions.study import BeatReply, SelfCheckReply, answer_self_check, beat, standing, start_study

__all__ = [
    "BeatReply",
    "NotOffered",
    "SelfCheckReply",
    "answer_self_check",
    "assign",
    "assign_to_newcomer",
    "beat",
    "complete_lesson",
    "correct_record",
    "enrol",
    "remind",
    "settle",
    "standing",
    "start_study",
    "withdraw",
]
