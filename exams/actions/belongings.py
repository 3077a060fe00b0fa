"""What comes with questions: tags, pictures and sounds."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime

from exams import markup
from exams import media as files
from exams.exchange.question import Media
from exams.models import Question, QuestionBank, QuestionMedia, QuestionTag, QuestionVersion


def add_tags(tagged: Sequence[tuple[Question, Sequence[str]]]) -> None:
    """Tag questions that have no tags yet; a tag is made when it is new."""
    known = known_tags({name for _question, names in tagged for name in names})
    if not known:
        return
    through = Question.tags.through
    through.objects.bulk_create(
        through(question_id=question.pk, questiontag_id=known[name].pk)
        for question, names in tagged
        for name in dict.fromkeys(names)
    )


def set_tags(question: Question, names: Sequence[str]) -> None:
    """Exactly these tags from now on."""
    question.tags.set(known_tags(set(names)).values())


def add_media(
    bank: QuestionBank, versions: Sequence[QuestionVersion], media: Mapping[str, Media], at: datetime
) -> None:
    """Keep new media, each once in the bank, and tie the versions to those that their texts name."""
    _keep(bank, media, at)
    named = {version.pk: _named(version) for version in versions}
    names = set().union(*named.values())
    kept = dict(bank.media.filter(sha256__in=names).values_list("sha256", "pk")) if names else {}
    through = QuestionVersion.media.through
    through.objects.bulk_create(
        through(questionversion_id=version, questionmedia_id=kept[name])
        for version, own in named.items()
        for name in own
    )


def _keep(bank: QuestionBank, media: Mapping[str, Media], at: datetime) -> None:
    for each in media.values():
        files.keep(each)
    QuestionMedia.objects.bulk_create(
        [
            QuestionMedia(bank=bank, sha256=name, mime=each.mime, size=len(each.data), created_at=at)
            for name, each in media.items()
        ],
        ignore_conflicts=True,
    )


def _named(version: QuestionVersion) -> set[str]:
    return markup.media(" ".join([version.stem, version.explanation, json.dumps([version.content, version.key])]))


def known_tags(names: set[str]) -> dict[str, QuestionTag]:
    if not names:
        return {}
    QuestionTag.objects.bulk_create([QuestionTag(name=name) for name in sorted(names)], ignore_conflicts=True)
    return {tag.name: tag for tag in QuestionTag.objects.filter(name__in=names)}
