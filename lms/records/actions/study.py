"""Study a lesson: start, beat, answer its self-checks. Time is what our clock saw, never what a browser says."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction
from django.db.models import (
    BooleanField,
    DateTimeField,
    F,
    IntegerField,
    OuterRef,
    QuerySet,
    Subquery,
    Sum,
)
from django.db.models.functions import Coalesce
from django.utils import timezone

from courses import shelf
from courses.checks import Checked, check
from courses.models import Lesson
from lms.kernel.prepared import Key, Now, Parameter, Prepared, PreparedUpdate
from lms.people.models import Person
from lms.records import rules, watching
from lms.records.actions.complete import NotInEdition, complete_lesson
from lms.records.models import ActiveStudy, Enrolment, LessonResult, StudyInterval
from lms.records.queries.study import result_in
from lms.records.standing import MediumStanding, facts_of, of_media
from lms.records.watching import Sight

READING = "reading"  # the source of a lesson completed by reading it


@dataclass(frozen=True)
class BeatReply:
    """What a beat led to. Seconds are of this lesson."""

    state: rules.StudyState
    credited_seconds: int
    required_seconds: int
    completed: bool
    outstanding: list[rules.Outstanding]
    media: list[MediumStanding]


@dataclass(frozen=True)
class Seen:
    """What a beat says of the page at a moment: touched since the last beat, still visible."""

    at: datetime
    touched: bool
    visible: bool


@dataclass(frozen=True)
class SelfCheckReply:
    """Whether the answer was right, and how many self-checks of the lesson are answered."""

    checked: Checked
    answered: int
    total: int
    completed: bool
    outstanding: list[rules.Outstanding]


@transaction.atomic
def start_study(*, enrolment: Enrolment, lesson: Lesson, at: datetime) -> ActiveStudy:
    """From now on the person studies this lesson here; whatever else they had open stops counting.

    Coming back within a minute continues the interval. Raises NotInEdition.
    """
    Enrolment.objects.select_for_update(of=("self",)).get(pk=enrolment.pk)
    result = _result(enrolment, lesson, at)
    active = ActiveStudy.objects.select_for_update(of=("self",)).filter(person=enrolment.person_id)
    current = active.select_related("interval").first()
    interval = _continued(current, result, at) or _interval(enrolment.person_id, result, at)
    study, _created = ActiveStudy.objects.update_or_create(
        person_id=enrolment.person_id, defaults={"interval": interval, "token": uuid4()}
    )
    study.interval.result = result
    return study


def _result(enrolment: Enrolment, lesson: Lesson, at: datetime) -> LessonResult:
    results = LessonResult.objects.select_related("lesson_edition", "enrolment")
    known = results.filter(enrolment=enrolment, lesson=lesson).first()
    if known:
        return known
    line = enrolment.edition.outline.select_related("lesson_edition").filter(lesson=lesson).first()
    if line is None:
        raise NotInEdition(f"lesson {lesson.pk} in edition {enrolment.edition_id}")
    return LessonResult.objects.create(
        enrolment=enrolment, lesson=lesson, lesson_edition=line.lesson_edition, started_at=at
    )


def _continued(current: ActiveStudy | None, result: LessonResult, at: datetime) -> StudyInterval | None:
    if current is None or current.interval.result_id != result.pk or current.interval.day != local_day(at):
        return None
    if current.interval.closed or (at - current.interval.ended_at).total_seconds() > rules.BREAK_AFTER:
        return None
    StudyInterval.objects.filter(pk=current.interval_id).update(touched_at=at)
    return current.interval


def _interval(person: int, result: LessonResult, at: datetime) -> StudyInterval:
    return StudyInterval.objects.create(
        person_id=person, result=result, day=local_day(at), started_at=at, ended_at=at, touched_at=at
    )


def local_day(at: datetime) -> date:
    return timezone.localtime(at).date()


@transaction.atomic
def beat(
    *,
    person: Person,
    token: UUID,
    touched: bool,
    end_reached: bool,
    position: float,
    visible: bool = True,
    sights: Mapping[str, Sight] | None = None,
    lesson: UUID | None = None,
    at: datetime | None = None,
) -> BeatReply | None:
    """Credit the time since the last beat, keep the resume point, complete the lesson when nothing is missing.

    A beat of a page that was just hidden (not `visible`) ends the interval: the time until the next one earns nothing.
    `sights`: what was seen of its media, by file; the time this beat earns is what can be credited of it.
    None when the person has not studied `lesson` (left out: anything). `at` is left out by the door: this path reads
    the database's clock in the statement that locks, to stay within five statements with session and person. An
    ordinary beat is one SELECT and two UPDATEs; one after a break opens an interval instead and leaves the resume
    point to the next.
    """
    study: Any = _HELD.first(person=person.pk)
    if study is None:
        return None
    result = study.interval.result
    if study.token != token:
        return _paused(person, lesson, result)
    if result.completed_at is not None:
        return _reply("completed", result)
    moment = at or study.now
    credit = _credit(study, touched, moment)
    seen = Seen(moment, touched, visible)
    gained = _open_next_interval(study, seen) if credit.breaks else _extend(study, credit, seen)
    changes: dict[str, Any] = {} if credit.breaks else {"position": min(1.0, max(0.0, position))}
    if sights and not credit.breaks:
        content = shelf.contents.one(result.lesson_edition_id)
        changes["watched"] = result.watched = watching.after(result.watched, content.media, sights, gained)
    if gained:
        changes["valid_seconds"] = F("valid_seconds") + gained
        result.valid_seconds += gained
    if end_reached and result.reached_end_at is None:
        changes["reached_end_at"] = result.reached_end_at = moment
    return _settle(result, credit.state, person, moment, changes)


_BEAT_READS = (  # the path most often taken: each further column costs, for everybody, every fifteen seconds
    *("person", "token"),
    *(f"interval__{name}" for name in ("person", "day", "ended_at", "touched_at", "seconds", "closed")),
    *(f"interval__result__{name}" for name in ("enrolment", "lesson", "lesson_edition", "completed_at")),
    *(f"interval__result__{name}" for name in ("valid_seconds", "reached_end_at", "checked", "watched")),
)


def _held() -> QuerySet[ActiveStudy, Any]:
    """What the person studies, held, with everything a beat needs: `now`, `earned_today` (seconds)."""
    today: QuerySet[StudyInterval, Any] = StudyInterval.objects.filter(
        person=OuterRef("person"), day=OuterRef("interval__day")
    ).order_by()
    earned = today.values("person").annotate(total=Sum("seconds")).values("total")
    return (
        ActiveStudy.objects.select_for_update(of=("self",))
        .filter(person=Key("person"))
        .select_related("interval__result")
        .only(*_BEAT_READS)
        .annotate(now=Now(), earned_today=Coalesce(Subquery(earned, output_field=IntegerField()), 0))
    )


_HELD = Prepared(_held)


def _paused(person: Person, lesson: UUID | None, elsewhere: LessonResult) -> BeatReply | None:
    """Somewhere else counts now; the reply speaks of the lesson that this page shows."""
    if lesson is None:
        return _reply("paused_elsewhere", elsewhere)
    shown = result_in(person, lesson)
    return _reply("paused_elsewhere", shown) if shown else None


def _credit(study: Any, touched: bool, at: datetime) -> rules.Credit:
    interval = study.interval
    stretch = rules.Stretch(interval.day, interval.ended_at, at if touched else interval.touched_at, interval.closed)
    cap = settings.DAILY_STUDY_HOURS * settings.MINUTES_PER_HOUR * 60
    return rules.credit(stretch, at=at, day=local_day(at), earned_today=study.earned_today, daily_cap=cap)


def _extend(study: Any, credit: rules.Credit, seen: Seen) -> int:
    """Seconds gained. Only the beat that finds the interval as it read it extends it: of two at once, one counts."""
    interval = study.interval
    if credit.state == "idle" and not credit.seconds:
        return 0
    moved = _EXTENSION.run(
        interval=interval.pk,
        read_end=interval.ended_at,
        read_seconds=interval.seconds,
        ended_at=credit.ended_at,
        gained=credit.seconds,
        touched_at=seen.at if seen.touched else interval.touched_at,
        closed=not seen.visible,
    )
    return credit.seconds if moved else 0


_EXTENSION = PreparedUpdate(
    lambda: StudyInterval.objects.filter(
        pk=Key("interval"),
        ended_at=Parameter("read_end", DateTimeField()),
        seconds=Parameter("read_seconds", IntegerField()),
    ),
    ended_at=Parameter("ended_at", DateTimeField()),
    seconds=F("seconds") + Parameter("gained", IntegerField()),
    touched_at=Parameter("touched_at", DateTimeField()),
    closed=Parameter("closed", BooleanField()),
)


def _open_next_interval(study: Any, seen: Seen) -> int:
    """After a break the ledger gets a new line; the time away earns nothing."""
    old = study.interval
    interval = StudyInterval.objects.create(
        person_id=old.person_id,
        result=old.result,
        day=local_day(seen.at),
        started_at=seen.at,
        ended_at=seen.at,
        touched_at=seen.at if seen.touched else old.touched_at,
        closed=not seen.visible,
    )
    ActiveStudy.objects.filter(pk=study.pk, token=study.token, interval=old.pk).update(interval=interval)
    return 0


def _facts(result: LessonResult) -> rules.ReadingFacts:
    return facts_of(
        shelf.contents.one(result.lesson_edition_id),
        reached_end=result.reached_end_at is not None,
        valid_seconds=result.valid_seconds,
        answered=result.checked,
        watched=result.watched,
    )


def standing(result: LessonResult) -> BeatReply:
    """How a lesson stands when it is opened."""
    return _reply("completed" if result.completed_at else "counting", result)


def _reply(state: rules.StudyState, result: LessonResult) -> BeatReply:
    facts = _facts(result)
    done = result.completed_at is not None
    missing = [] if done else rules.outstanding(facts)
    media = of_media(shelf.contents.one(result.lesson_edition_id), result.watched) if facts.media else []
    return BeatReply(state, facts.valid_seconds, facts.required_seconds, done, missing, media)


def _settle(
    result: LessonResult, state: rules.StudyState, person: Person, at: datetime, changes: Mapping[str, Any]
) -> BeatReply:
    """Store the changes of the result, complete the lesson when nothing is missing; say how it stands."""
    if result.completed_at is not None or rules.outstanding(_facts(result)):
        if changes:
            LessonResult.objects.filter(pk=result.pk).update(**changes)
        return _reply("completed" if result.completed_at else state, result)
    done = complete_lesson(
        enrolment=Enrolment(pk=result.enrolment_id),
        lesson=Lesson(pk=result.lesson_id),
        result=rules.Result(),
        source=READING,
        by=person,
        at=at,
        also=changes,
    )
    result.completed_at = done.completed_at
    return _reply("completed", result)


@transaction.atomic
def answer_self_check(
    *, enrolment: Enrolment, lesson: Lesson, key: str, choice: list[int], at: datetime
) -> SelfCheckReply:
    """Keep the answer, right or wrong, and explain it. Raises KeyError for a key the lesson has not, NotInEdition.

    The first answer counts as answered; later ones are explained again and kept.
    """
    held = Enrolment.objects.select_for_update(of=("self",)).select_related("person", "edition").get(pk=enrolment.pk)
    result = _result(held, lesson, at)
    checked = check(result.lesson_edition, key, choice)
    result.checked = {**result.checked, key: choice}
    reply = _settle(result, "counting", held.person, at, {"checked": result.checked})
    asked = result.lesson_edition.self_checks
    answered = sum(key in result.checked for key in asked)
    return SelfCheckReply(checked, answered, len(asked), reply.completed, reply.outstanding)
