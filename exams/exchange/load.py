"""From a bank to questions as data, for writers."""

from collections.abc import Iterator

from django.db.models import QuerySet

from exams import media
from exams.exchange.question import Exchanged, Markup, Media
from exams.models import Question, QuestionVersion

BATCH = 200


def load(questions: QuerySet[Question]) -> Iterator[Exchanged]:
    """The current versions of these questions, one after the other, with their media. `place`: code or number."""
    rows = questions.filter(current__isnull=False).select_related("current")
    rows = rows.prefetch_related("tags", "current__media")
    for number, question in enumerate(rows.iterator(chunk_size=BATCH), 1):
        assert question.current is not None
        yield exchanged(question, question.current, place=question.code or str(number))


def exchanged(question: Question, version: QuestionVersion, *, place: str) -> Exchanged:
    """One version of a question as data; loads its tags and media."""
    return Exchanged(
        place=place,
        type=version.type,
        stem=version.stem,
        content=version.content,
        key=version.key,
        markup=Markup(version.markup),
        title=question.title,
        code=question.code,
        topic=question.topic,
        tags=tuple(tag.name for tag in question.tags.all()),
        difficulty=question.difficulty,
        skill=question.skill,
        points=str(question.points.normalize() + 0),
        explanation=version.explanation,
        basis_document=version.basis_document,
        basis_clause=version.basis_clause,
        basis_edition=version.basis_edition,
        valid_until=version.valid_until,
        media={each.sha256: Media(each.sha256, each.mime, media.data(each.sha256)) for each in version.media.all()},
    )
