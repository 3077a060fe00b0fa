"""What news hear. May run twice and acts once."""

from datetime import datetime

from lms.journal.models import Entry
from lms.news.asking import asked_context
from lms.news.models import ArticleEdition
from lms.news.queries import unsigned
from lms.notices.actions import send
from lms.people.models import Person


def tell_signers(entry: Entry, *, at: datetime) -> None:
    """Those the entry names are asked to sign, if they still have to: once for each round of signatures."""
    edition = ArticleEdition.objects.select_related("article__current_edition").get(pk=entry.payload["edition"])
    article = edition.article
    if article.withdrawn_at is not None or article.current_edition is None or not article.current_edition.must_sign:
        return
    context = asked_context(article, article.current_edition)
    people = Person.objects.active().filter(pk__in=entry.payload["people"])
    for person in unsigned(people, article):
        send(
            "must_sign", to=person, context=context, key=f"sign:{article.pk}:{article.signed_from}:{person.pk}", at=at
        )
