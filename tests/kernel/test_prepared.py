"""A prepared query answers what the plain queryset answers, with whatever values come."""

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import (
    CharField,
    Count,
    DateTimeField,
    F,
    IntegerField,
    JSONField,
    Q,
    UUIDField,
    Value,
)
from django.db.transaction import TransactionManagementError

from lms.journal.models import Pulse
from lms.kernel import clock
from lms.kernel.prepared import Key, Now, OneOf, Parameter, Prepared, PreparedRows, PreparedUpdate, ValueOf
from lms.people.models import Person, PostAssignment
from lms.records.actions import enrol
from lms.records.models import LessonResult
from tests.factories import make_course

pytestmark = pytest.mark.django_db

PERSON = Key("person")
NAME = Parameter("name", CharField())


def test_the_same_models_with_the_values_of_each_call(li_zhendong: Person, xie_yulan: Person) -> None:
    by_number = Prepared(lambda: Person.objects.filter(staff_no=Parameter("number", CharField())))
    for person in (li_zhendong, xie_yulan, li_zhendong):
        found = by_number.first(number=person.staff_no)
        assert found is not None and vars(found).keys() == vars(person).keys()
        assert {field.attname: getattr(found, field.attname) for field in Person._meta.concrete_fields} == (
            Person.objects.filter(pk=person.pk).values().get()
        )
    assert by_number.first(number="nobody") is None


def test_it_is_built_once(li_zhendong: Person) -> None:
    built = []

    def queryset():  # type: ignore[no-untyped-def]
        built.append(1)
        return Person.objects.filter(pk=PERSON)

    prepared = Prepared[Person](queryset)
    assert prepared.first(person=li_zhendong.pk) == prepared.first(person=li_zhendong.pk) == li_zhendong
    assert built == [1]


def test_related_models_and_left_out_columns(li_zhendong: Person, statements: Callable[..., object]) -> None:
    posts = Prepared(
        lambda: (
            PostAssignment.objects.filter(person=PERSON)
            .select_related("unit", "position")
            .only("person", "unit__name", "position__name")
        )
    )
    with statements(at_most=1):  # type: ignore[attr-defined]
        (post,) = posts.all(person=li_zhendong.pk)
        assert (post.unit.name, post.position.name) == ("变电运维班", post.position.name)
    assert post.get_deferred_fields() >= {"starts_on", "ends_on"}
    assert post.unit.get_deferred_fields() >= {"code"}


def test_an_empty_outer_join_is_none(li_zhendong: Person) -> None:
    pulse = Prepared(lambda: Person.objects.filter(pk=PERSON).annotate(post=F("posts__ends_on")))
    found = pulse.first(person=li_zhendong.pk)
    assert found is not None and found.post is None


def test_annotations_and_the_clock_are_read_anew(move_clock: Callable[[float], None]) -> None:
    Pulse.objects.create(name="x", at=clock.now())
    timed = Prepared(lambda: Pulse.objects.annotate(now=Now(), fixed=Value(7)))
    first = timed.first()
    move_clock(7200)
    second = timed.first()
    assert first is not None and second is not None and second.fixed == 7
    assert timedelta(minutes=119) < second.now - first.now < timedelta(minutes=121)


def test_rows_with_counts_and_conditions(li_zhendong: Person, xie_yulan: Person) -> None:
    counted = PreparedRows(
        lambda: (
            Person.objects.filter(Q(name=NAME) | Q(pk=PERSON))
            .order_by("staff_no")
            .annotate(n=Count("posts"))
            .values_list("uuid", "n", "created_at")
        )
    )
    both = counted.all(name=li_zhendong.name, person=xie_yulan.pk)
    people = sorted((li_zhendong, xie_yulan), key=lambda person: person.staff_no)
    assert [row[0] for row in both] == [person.uuid for person in people]
    assert all(row[1] == 1 and isinstance(row[2], datetime) and row[2].tzinfo for row in both)
    assert counted.all(name="x", person=0) == []


def test_a_list_of_keys(li_zhendong: Person, xie_yulan: Person) -> None:
    some = Prepared(lambda: Person.objects.filter(OneOf("pk", "people"), is_active=True).order_by("pk"))
    both = sorted((li_zhendong, xie_yulan), key=lambda person: person.pk)
    assert some.all(people=[person.pk for person in both]) == both
    assert some.all(people={xie_yulan.pk, -1, 2**40}) == [xie_yulan]
    assert some.all(people=[]) == []
    outside = PreparedRows(
        lambda: Person.objects.exclude(OneOf("posts__unit", "units")).values_list("pk").order_by("pk")
    )
    assert outside.all(units=[post.unit_id for post in PostAssignment.objects.all()]) == []


def test_one_update_gives_each_row_its_own_value(at: datetime) -> None:
    course = make_course(lessons=["甲", "乙", "丙"])
    person = Person.objects.create(staff_no="00990001", name="甲")
    enrolment = enrol(person=person, course=course, by=None, at=at)
    lines = enrolment.edition.outline.order_by("pk")
    facts = [{"lesson": line.lesson, "lesson_edition": line.lesson_edition} for line in lines]
    rows = [LessonResult.objects.create(enrolment=enrolment, started_at=at, score=1, **each) for each in facts]
    update = PreparedUpdate(
        lambda: LessonResult.objects.filter(enrolment=Key("enrolment")),
        score=ValueOf("pk", "scores", LessonResult._meta.get_field("score")),
    )
    for given in ({rows[0].pk: Decimal("1.25"), rows[1].pk: Decimal(0)}, {rows[2].pk: Decimal("99.5")}, {}):
        assert update.run(enrolment=enrolment.pk, scores=given) == 3
        assert dict(LessonResult.objects.values_list("pk", "score")) == {row.pk: given.get(row.pk) for row in rows}


def test_values_of_every_kind_come_back_as_they_went(li_zhendong: Person, at: datetime) -> None:
    course = make_course()
    enrolment = enrol(person=li_zhendong, course=course, by=li_zhendong, at=at)
    line = enrolment.edition.outline.select_related("lesson_edition").first()
    assert line is not None
    result = LessonResult.objects.create(
        enrolment=enrolment, lesson_id=line.lesson_id, lesson_edition=line.lesson_edition, started_at=at
    )
    mark = PreparedUpdate(
        lambda: LessonResult.objects.filter(
            enrolment__course__uuid=Parameter("course", UUIDField()), started_at=Parameter("started", DateTimeField())
        ),
        checked=Parameter("checked", JSONField()),
        valid_seconds=F("valid_seconds") + Parameter("gained", IntegerField()),
        reached_end_at=Parameter("end", DateTimeField()),
    )
    given = {"started": at, "checked": {"一": [0, 2]}, "gained": 15}
    assert mark.run(course=course.uuid, end=at, **given) == 1
    assert mark.run(course=course.uuid, end=None, **given) == 1
    assert mark.run(course=uuid4(), end=at, **given) == 0
    result.refresh_from_db()
    assert (result.checked, result.valid_seconds, result.reached_end_at) == ({"一": [0, 2]}, 30, None)


def test_a_value_left_out_is_an_error_and_a_hostile_one_only_a_value(li_zhendong: Person) -> None:
    named = Prepared(lambda: Person.objects.filter(name=NAME))
    with pytest.raises(KeyError):
        named.first()
    assert named.all(name="' OR 1=1 --") == []
    assert named.all(name="%s") == []


@pytest.mark.django_db(transaction=True)
def test_a_row_is_locked_only_inside_a_transaction(li_zhendong: Person) -> None:
    held = Prepared(lambda: Person.objects.select_for_update().filter(pk=PERSON))
    with transaction.atomic():
        assert held.first(person=li_zhendong.pk) == li_zhendong
    if connection.features.has_select_for_update:
        with transaction.atomic():
            assert "FOR UPDATE" in held._statement().sql
    with pytest.raises(TransactionManagementError):
        held.first(person=li_zhendong.pk)


@pytest.mark.django_db(transaction=True)
def test_postgresql_keeps_the_statement_with_its_plan(li_zhendong: Person) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite keeps compiled statements by itself")
    named = Prepared(lambda: Person.objects.filter(name=NAME, is_active=True, email="50%").exclude(phone="%s"))
    named.all(name=li_zhendong.name)
    named.all(name="x")
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement FROM pg_prepared_statements WHERE statement LIKE '%50%'")
        ((sent,),) = cursor.fetchall()
    assert "= ($1)" in sent and "= '50%'" in sent and "= '%s'" in sent, "what never changes helps the planner"
    assert "$2" not in sent


@pytest.mark.django_db(transaction=True)
def test_it_answers_on_after_an_undone_transaction_and_after_another_failed(li_zhendong: Person) -> None:
    by_key = Prepared(lambda: Person.objects.filter(pk=PERSON))
    for _ in range(7):  # PostgreSQL settles on a plan after five
        assert by_key.first(person=li_zhendong.pk) == li_zhendong
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        by_key.first(person=li_zhendong.pk)
        raise ZeroDivisionError
    assert by_key.first(person=li_zhendong.pk) == li_zhendong
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        by_key.first(person=li_zhendong.pk)
        cursor.execute("SELECT nothing_of_this_name")
    assert by_key.first(person=li_zhendong.pk) == li_zhendong
