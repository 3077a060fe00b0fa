"""Tie an exam to the lesson that reports its result."""

from courses.models import Lesson
from exams.models import Exam


def attach_to_lesson(*, exam: Exam, lesson: Lesson) -> bool:
    """From now on this lesson reports the exam; False when people have sat it through another lesson, which keeps it.

    A copied course page carries the exam of its original: publishing the copy must not take the exam away.
    """
    if exam.lesson_id == lesson.pk:
        return True
    if exam.lesson_id is not None and exam.attempts.exists():
        return False
    exam.lesson = lesson
    exam.save(update_fields=["lesson"])
    exam.make_ups.update(lesson=lesson)
    return True
