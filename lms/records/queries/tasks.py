"""What a person has to learn, and how far they are."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from courses import shelf
from courses.models import Course
from courses.shelf import Line
from lms.kernel.prepared import Key, Prepared, PreparedRows
from lms.people.models import Person
from lms.records import rules
from lms.records.models import AssignedPerson, Enrolment, LessonResult


@dataclass(frozen=True)
class LessonProgress(Line):
    """One lesson of an outline and how far the person is with it."""

    started: bool = False
    completed: bool = False
    reached_end: bool = False
    valid_seconds: int = 0
    checked: dict[str, list[int]] = field(default_factory=dict)
    watched: dict[str, list[float]] = field(default_factory=dict)
    score: Any = None
    max_score: Any = None
    passed: bool | None = None
    studied_at: datetime | None = None


@dataclass
class Progress:
    """An outline with what was done of it. Counts are of required lessons, or of all where none is required."""

    lessons: list[LessonProgress]

    @property
    def counted(self) -> list[LessonProgress]:
        return [lesson for lesson in self.lessons if lesson.required] or self.lessons

    @property
    def total(self) -> int:
        return len(self.counted)

    @property
    def done(self) -> int:
        return sum(lesson.completed for lesson in self.counted)

    @property
    def next(self) -> LessonProgress | None:
        """The first lesson that is not done, required ones before the others."""
        in_order = [*self.counted, *self.lessons]
        return next((lesson for lesson in in_order if not lesson.completed), None)

    @property
    def started(self) -> bool:
        return any(lesson.started for lesson in self.lessons)

    @property
    def studied_at(self) -> datetime | None:
        return max((lesson.studied_at for lesson in self.lessons if lesson.studied_at), default=None)


@dataclass
class Task:
    """An open enrolment as something to do."""

    enrolment: Enrolment
    progress: Progress
    due_at: datetime | None
    required: bool
    due: rules.Due
    assigned: bool = field(default=False)

    @property
    def course(self) -> Course:
        return self.enrolment.course

    @property
    def title(self) -> str:
        return self.enrolment.edition.title

    @property
    def done(self) -> int:
        return self.progress.done

    @property
    def total(self) -> int:
        return self.progress.total

    @property
    def next(self) -> LessonProgress | None:
        return self.progress.next


_Asked = tuple[datetime | None, bool]  # what one assignment asks: due, required


def progress(enrolment: Enrolment) -> Progress:
    """How far one enrolment is, in one statement when the outline is on the shelf."""
    results = _RESULTS_IN.all(enrolment=enrolment.pk)
    return Progress(_progress_of([enrolment], results)[enrolment.pk])


def outline_progress(edition_id: int) -> Progress:
    """The outline of somebody who has not begun."""
    return Progress([_with_result(line, None) for line in shelf.editions.one(edition_id).lines])


def due_tasks(person: Person, at: datetime) -> list[Task]:
    """Open enrolments, the most urgent first: three statements for any number of them with editions on the shelf."""
    enrolments = _OPEN.all(person=person.pk)
    editions = shelf.editions.many({enrolment.edition_id for enrolment in enrolments})
    for enrolment in enrolments:
        enrolment.edition = editions[enrolment.edition_id].facts
    assigned = _assigned(person)
    lessons = _progress_of(enrolments, _RESULTS_OPEN.all(person=person.pk))
    tasks = [_task(enrolment, lessons[enrolment.pk], assigned[enrolment.pk], at) for enrolment in enrolments]
    return sorted(
        tasks, key=lambda task: rules.order_of(rules.Urgency(task.due_at, task.required, task.progress.studied_at))
    )


def _task(enrolment: Enrolment, lessons: list[LessonProgress], assigned: list[_Asked], at: datetime) -> Task:
    due_at = min((due_at for due_at, _ in assigned if due_at), default=None)
    required = any(required for _, required in assigned)
    return Task(enrolment, Progress(lessons), due_at, required, rules.due(due_at, at=at), assigned=bool(assigned))


def _assigned(person: Person) -> dict[int, list[_Asked]]:
    """What the standing assignments ask, by enrolment."""
    found: dict[int, list[_Asked]] = defaultdict(list)
    for enrolment, due_at, required in _ASSIGNED_OPEN.all(person=person.pk):
        found[enrolment].append((due_at, required))
    return found


def _progress_of(enrolments: list[Enrolment], results: Iterable[Sequence[Any]]) -> dict[int, list[LessonProgress]]:
    """`results`: rows of `_FACTS`."""
    editions = shelf.editions.many({enrolment.edition_id for enrolment in enrolments})
    found = {(row[0], row[1]): row for row in results}
    return {
        enrolment.pk: [
            _with_result(line, found.get((enrolment.pk, line.lesson))) for line in editions[enrolment.edition_id].lines
        ]
        for enrolment in enrolments
    }


_FACTS = (
    "enrolment_id", "lesson_id", "started_at", "completed_at", "reached_end_at", "valid_seconds", "checked",
    "watched", "score", "max_score", "passed",
)  # fmt: skip
_PERSON = Key("person")
_OPEN_ENROLMENT = {"enrolment__person": _PERSON, "enrolment__state": Enrolment.State.OPEN}

_OPEN = Prepared(lambda: Enrolment.objects.open().filter(person=_PERSON).select_related("course").order_by("pk"))
_RESULTS_OPEN = PreparedRows(lambda: LessonResult.objects.filter(**_OPEN_ENROLMENT).order_by().values_list(*_FACTS))
_ASSIGNED_OPEN = PreparedRows(
    lambda: (
        AssignedPerson.objects.standing()
        .filter(**_OPEN_ENROLMENT)
        .order_by()
        .values_list("enrolment", "due_at", "required")
    )
)
_RESULTS_IN = PreparedRows(
    lambda: LessonResult.objects.filter(enrolment=Key("enrolment")).order_by().values_list(*_FACTS)
)


def _with_result(line: Line, row: Sequence[Any] | None) -> LessonProgress:
    if row is None:
        return LessonProgress(**vars(line))
    _enrolment, _lesson, started_at, completed_at, reached_end_at, valid_seconds, checked, watched, *scored = row
    score, max_score, passed = scored
    return LessonProgress(
        **vars(line),
        started=True,
        completed=completed_at is not None,
        reached_end=reached_end_at is not None,
        valid_seconds=valid_seconds,
        checked=checked,
        watched=watched,
        score=score,
        max_score=max_score,
        passed=passed,
        studied_at=completed_at or started_at,
    )
