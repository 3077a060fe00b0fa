"""Put a picture into a bank, for a question that is being written."""

from datetime import datetime

from django.db import transaction

from exams import media
from exams.exchange.question import Media
from exams.models import QuestionBank, QuestionMedia
from lms.journal import actions as journal
from lms.people.models import Person


@transaction.atomic
def add_picture(*, bank: QuestionBank, data: bytes, mime: str, by: Person, at: datetime) -> QuestionMedia:
    """The picture as the bank keeps it, once. Raises `types.Refused` for what is no picture."""
    found = media.checked(Media(media.named(data), mime, data))
    media.size(found)
    media.keep(found)
    kept, new = QuestionMedia.objects.get_or_create(
        bank=bank, sha256=found.name, defaults={"mime": mime, "size": len(data), "created_at": at}
    )
    if new:
        payload = {"bank": bank.pk, "media": kept.pk}
        journal.write("question-picture-added", by=by, unit=bank.unit, at=at, payload=payload)
    return kept
