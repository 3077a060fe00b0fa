"""A learner's exams, and one result as its owner may see it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from courses import shelf
from courses.models import EditionLesson
from exams import rules, showing, types
from exams.models import (
    Attempt,
    AttemptItem,
    BlueprintRule,
    CompulsoryQuestion,
    Correction,
    Entrant,
    Exam,
    Marking,
    Reopening,
    Seat,
)
from exams.queries.closing import as_seen
from exams.queries.eligibility import HOUR, asks, studied_for
from exams.queries.practical import is_practical, only_sheets
from exams.queries.seating import my_seats, place
from exams.queries.sitting import History, window
from lms.kernel.prepared import Key, Prepared, PreparedRows
from lms.people.models import Person
from lms.records.models import Enrolment


@dataclass(frozen=True)
class Mine:
    """One exam as one person meets it now."""

    exam: Exam
    enrolment: Enrolment
    history: History
    why_not: rules.WhyNot | None
    studied: rules.Studied = rules.Studied()
    seat: Seat | None = None
    practical: bool = False  # an assessor begins it and fills it in

    @property
    def place(self) -> rules.Place | None:
        return place(self.seat)

    @property
    def asks_code(self) -> bool:
        """Whether the person starts by typing the session code."""
        return self.why_not is rules.WhyNot.NEEDS_CODE

    @property
    def may_press(self) -> bool:
        """Whether there is a button to start: also for whoever is in the room and waits for the beginning."""
        return self.why_not in (None, rules.WhyNot.NEEDS_CODE, rules.WhyNot.NOT_BEGUN)

    @property
    def again_at(self) -> datetime | None:
        return rules.again_at(timedelta(hours=self.exam.wait_hours), self.history.sat)

    @property
    def hours_short(self) -> float:
        """Hours of 45 minutes still to be studied first."""
        return max(0.0, float(self.exam.hours_first) - self.studied.minutes / HOUR)

    @property
    def asks_more_practice(self) -> bool:
        """Whether practice is what is missing; the reason that is given may be another one."""
        return not self.studied.practised_enough(asks(self.exam))

    @property
    def unlimited(self) -> bool:
        return self.exam.unlimited

    @property
    def attempts_allowed(self) -> int:
        return self.exam.max_attempts + self.history.reopenings

    @property
    def attempts_left(self) -> int:
        return max(0, self.attempts_allowed - len(self.history.finished))

    @property
    def best(self) -> Attempt | None:
        """The released attempt that counts: a passed one, else the last."""
        released = [one for one in self.history.finished if one.released_at]
        return next((one for one in released if one.passed), released[-1] if released else None)

    @property
    def unreleased(self) -> Attempt | None:
        return next((one for one in self.history.finished if not one.released_at), None)


@dataclass
class MyExams:
    """To sit (or running), coming, and done."""

    running: list[Mine] = field(default_factory=list)
    now: list[Mine] = field(default_factory=list)
    later: list[Mine] = field(default_factory=list)
    done: list[Mine] = field(default_factory=list)


LATER = {
    rules.WhyNot.NOT_OPEN,
    rules.WhyNot.TOO_SOON,
    rules.WhyNot.LESSONS_LEFT,
    rules.WhyNot.HOURS_SHORT,
    rules.WhyNot.PRACTICE_SHORT,
    rules.WhyNot.NO_SEAT,
    rules.WhyNot.NO_ENTRY_YET,
    rules.WhyNot.ASSESSED,
}


def my_exams(person: Person, *, at: datetime) -> MyExams:
    """Every exam of the courses the person learns or has learned."""
    return exams_of(person, _ENROLMENTS.all(person=person.pk), at=at)


def exams_of(person: Person, enrolments: Iterable[Enrolment], *, at: datetime) -> MyExams:
    """The exams these enrolments of the person lead to, by cycle; three statements with editions on the shelf."""
    newest = {one.course_id: one for one in enrolments}
    outlines = shelf.editions.many({one.edition_id for one in newest.values()})
    lessons = {line.lesson for outline in outlines.values() for line in outline.lines}
    exams = [exam for exam in _EXAMS.all(person=person.pk) if exam.lesson_id in lessons]
    granted = {(exam, enrolment): n for exam, enrolment, n in _REOPENED.all(person=person.pk)}
    groups = MyExams()
    for mine in _each(exams, newest, _ATTEMPTS.all(person=person.pk), granted, at):
        _group(groups, mine).append(mine)
    return groups


_PERSON = Key("person")


def _learned() -> QuerySet[Enrolment]:
    return Enrolment.objects.filter(person=_PERSON).exclude(state=Enrolment.State.CANCELLED)


_open_to_all = ~Q(kind=Exam.Kind.MAKE_UP)
_on_the_list = Entrant.objects.filter(exam=OuterRef("pk"), enrolment__person=_PERSON)
_ENROLMENTS = Prepared(lambda: _learned().order_by("cycle"))
_EXAMS = Prepared(
    lambda: (
        Exam.objects.filter(_open_to_all | Q(Exists(_on_the_list)))
        .filter(
            lesson__in=EditionLesson.objects.filter(edition__in=_learned().order_by().values("edition")).values(
                "lesson"
            )
        )
        .annotate(practical=only_sheets())
        .select_related("lesson")
        .order_by("closes_at", "pk")
    )
)
_ATTEMPTS = Prepared(lambda: Attempt.objects.filter(person=_PERSON).select_related("exam").order_by("number"))
_REOPENED = PreparedRows(
    lambda: (
        Reopening.objects.filter(enrolment__person=_PERSON)
        .order_by()
        .values("exam", "enrolment")
        .annotate(n=Count("pk"))
        .values_list("exam", "enrolment", "n")
    )
)


def running(person: Person, *, at: datetime) -> Attempt | None:
    """The sitting whose time runs out first, with its exam; None when no clock is running."""
    return next((one for one in _RUNNING.all(person=person.pk) if one.deadline > at), None)


_RUNNING = Prepared(
    lambda: Attempt.objects.in_progress().filter(person=_PERSON).select_related("exam").order_by("deadline")
)


def my_exam(exam: Exam, enrolment: Enrolment, *, at: datetime) -> Mine:
    attempts = Attempt.objects.filter(person=enrolment.person_id, exam=exam).select_related("exam").order_by("number")
    granted = Reopening.objects.filter(exam=exam, enrolment=enrolment).count()
    reopened = {(exam.pk, enrolment.pk): granted}
    return next(_each([exam], {enrolment.course_id: enrolment}, attempts, reopened, at))


def _each(
    exams: Sequence[Exam],
    enrolments: Mapping[int, Enrolment],
    attempts: Iterable[Attempt],
    granted: Mapping[tuple[int, int], int],
    at: datetime,
) -> Iterator[Mine]:
    """`attempts`: the person's, of these exams and maybe others; `granted`: reopenings by exam and enrolment."""
    sat = defaultdict(list)
    for attempt in attempts:
        sat[attempt.exam_id, attempt.enrolment_id].append(as_seen(attempt, at=at))
    pairs = [(exam, enrolments[exam.lesson.course_id]) for exam in exams if exam.lesson]
    studied, seats = studied_for(pairs, at=at), _seats_for(pairs)
    for exam, enrolment in pairs:
        key = exam.pk, enrolment.pk
        past = _past(sat[key], granted.get(key, 0))
        yield _mine(exam, enrolment, past, studied.get(key, rules.Studied()), seats.get(key), at)


def _seats_for(pairs: Sequence[tuple[Exam, Enrolment]]) -> Mapping[tuple[int, int], Seat]:
    """Reads nothing where no exam is sat in sessions."""
    person = next((enrolment.person_id for exam, enrolment in pairs if exam.in_sessions), None)
    return my_seats(person) if person else {}


def _past(attempts: Sequence[Attempt], granted: int) -> History:
    return History(
        open=next((one for one in attempts if one.state == Attempt.State.IN_PROGRESS), None),
        finished=[one for one in attempts if one.state != Attempt.State.IN_PROGRESS],
        reopenings=granted,
    )


def _mine(
    exam: Exam, enrolment: Enrolment, past: History, studied: rules.Studied, seat: Seat | None, at: datetime
) -> Mine:
    course_open = enrolment.state == Enrolment.State.OPEN
    why_not = rules.why_not_start(
        window(exam, past), past.sat, course_open=course_open, at=at, asks=asks(exam), studied=studied
    )
    practical = is_practical(exam)
    if practical:
        why_not = why_not or rules.WhyNot.ASSESSED
    if exam.in_sessions:
        why_not = why_not or rules.why_not_sit(place(seat), at)
    return Mine(exam, enrolment, past, why_not, studied, seat, practical)


def _group(groups: MyExams, mine: Mine) -> list[Mine]:
    if mine.history.open:
        return groups.running
    if mine.may_press:
        return groups.now
    return groups.later if mine.why_not in LATER else groups.done


def paper_facts(exam: Exam) -> dict[str, Any]:
    """How many questions a paper has, and how many points."""
    drawn = BlueprintRule.objects.filter(blueprint=exam.blueprint_id).values_list("count", "points")
    fixed = CompulsoryQuestion.objects.filter(blueprint=exam.blueprint_id).values_list("points", flat=True)
    rows = [*drawn, *((1, points) for points in fixed)]
    return {"questions": sum(n for n, _points in rows), "points": sum(n * points for n, points in rows)}


@dataclass(frozen=True)
class ReviewedItem:
    """One question of a released result."""

    item: AttemptItem
    kind: types.QuestionType
    shown: dict[str, Any]
    right: bool
    remarks: list[str]
    correction: Correction | None

    @property
    def basis(self) -> str:
        """Document, edition and clause, as one line."""
        version = self.item.version
        return " ".join(part for part in (version.basis_document, version.basis_edition, version.basis_clause) if part)


def reviewed_items(attempt: Attempt) -> list[ReviewedItem]:
    """The paper with its keys. Call it for released attempts only."""
    if attempt.released_at is None:
        raise ValueError("a result that is not released has no review")
    items = AttemptItem.objects.filter(attempt=attempt).select_related("version").order_by("position")
    remarks, corrections = _remarks(attempt), _corrections(attempt)
    return [_reviewed(item, remarks[item.pk], corrections.get(item.version_id)) for item in items]


def _remarks(attempt: Attempt) -> dict[int, list[str]]:
    """What markers wrote for the taker, by item."""
    found = defaultdict(list)
    rows = Marking.objects.filter(item__attempt=attempt).exclude(comment="").order_by("pk")
    for item, comment in rows.values_list("item", "comment"):
        found[item].append(comment)
    return found


def _corrections(attempt: Attempt) -> dict[int, Correction]:
    """How questions count that were corrected, by version."""
    rows = Correction.objects.filter(exam=attempt.exam_id).select_related("replacement").order_by("pk")
    return {each.version_id: each for each in rows}


def _reviewed(item: AttemptItem, remarks: list[str], correction: Correction | None) -> ReviewedItem:
    if correction and correction.replacement:
        item.version.key = correction.replacement.key
    kind, shown = types.get(item.version.type), showing.reviewed(item.version, item.order, item.answer)
    right = item.score == item.points or not kind.scored
    return ReviewedItem(item, kind, shown, right, remarks, correction)
