"""What a person has learned."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet, Sum

from courses.enums import HourAccount
from lms.people.models import Person
from lms.records.models import HourCredit, TrainingRecord


@dataclass(frozen=True)
class TranscriptLine:
    """The record that stands and what it replaced, newest first. A voided line stays visible."""

    record: TrainingRecord
    earlier: list[TrainingRecord]


def transcript(person: Person) -> list[TranscriptLine]:
    """Every training of a person, newest first, each with the corrections it went through; one statement."""
    records = list(
        TrainingRecord.objects.filter(person=person)
        .select_related("recorded_by", "unit", "edition__course")
        .order_by("-occurred_at", "-pk")
    )
    by_pk = {record.pk: record for record in records}
    replaced = {record.corrects_id for record in records}
    return [TranscriptLine(record, _earlier(record, by_pk)) for record in records if record.pk not in replaced]


def _earlier(record: TrainingRecord, by_pk: dict[int, TrainingRecord]) -> list[TrainingRecord]:
    chain: list[TrainingRecord] = []
    while record.corrects_id is not None:
        record = by_pk[record.corrects_id]
        chain.append(record)
    return chain


def hours_by_account(person: Person, *, year: int | None = None) -> dict[str, Decimal]:
    """Credited hours (学时) of each account, zero included; of what happened in one local calendar year, or ever."""
    credits: QuerySet = HourCredit.objects.filter(person=person).order_by()
    if year is not None:
        credits = credits.filter(record__occurred_at__year=year)
    sums = dict(credits.values_list("account").annotate(Sum("hours")))
    return {account: sums.get(account, Decimal(0)) for account in HourAccount.values}
