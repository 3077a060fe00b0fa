"""Sign for an article, and remind those who have not."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from lms.journal.actions import write
from lms.news.asking import asked_context
from lms.news.models import Article, Signature
from lms.news.queries import must_sign
from lms.notices.actions import mark_settled, send
from lms.people.models import Person
from lms.people.queries import current_post


class NotAsked(LookupError):
    """This article is not shown any more, or this person does not have to sign it."""


class Changed(Exception):
    """The article has another edition now than the one that was read."""


@transaction.atomic
def sign(*, person: Person, article: Article, edition: int, at: datetime) -> Signature:
    """The person has read `edition` (its number). Signing twice is signing once. Raises NotAsked, Changed."""
    held = Article.objects.shown().select_for_update(of=("self",)).select_related("current_edition")
    found = held.filter(pk=article.pk).first()
    if found is None or found.current_edition is None or not must_sign(person, found):
        raise NotAsked
    if found.current_edition.number != edition:
        raise Changed
    post = current_post(person)
    unit = post.unit if post else None
    signature, new = Signature.objects.get_or_create(
        edition=found.current_edition,
        person=person,
        defaults={"article": found, "unit": unit, "signed_at": at},
    )
    if new:
        facts = {"article": found.pk, "edition": found.current_edition.pk}
        write("article-signed", by=person, at=at, payload=facts, about=person, unit=unit)
        asked = ("must_sign", "sign_reminder")
        mark_settled(person=person, kinds=asked, about={"article": str(found.uuid)}, at=at)
    return signature


@transaction.atomic
def remind_signers(*, article: Article, people: Iterable[Person], by: Person, at: datetime) -> int:
    """Remind each of the people once a day; how many were reminded now."""
    edition = article.current_edition
    if edition is None:
        return 0
    day = timezone.localdate(at)
    context = asked_context(article, edition)
    told = [
        person.pk
        for person in people
        if send("sign_reminder", to=person, context=context, key=f"sign-again:{article.pk}:{person.pk}:{day}", at=at)
    ]
    if told:
        write("signature-reminded", by=by, at=at, payload={"article": article.pk, "people": told})
    return len(told)
