"""Publish an article: freeze its edition and ask for signatures. Take it back."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from lms.journal.actions import write
from lms.news.models import Article, ArticleEdition, ArticlePage
from lms.news.queries import signers, unsigned
from lms.news.rendering import Parts, digest, render_parts
from lms.people.models import OrgUnit, Person

ASKED_TOGETHER = 200  # people who get their notice in one transaction


@transaction.atomic
def publish_article(*, page: ArticlePage, by: Person | None, at: datetime) -> ArticleEdition | None:
    """Freeze the published state of a page. None when nothing changed that a reader would notice.

    Whoever has to sign and has not is asked by a notice, once for each round of signatures.
    """
    parts, units = render_parts(page), list(page.units.order_by("path"))
    article = _identity(page, at)
    seen = _digest(page, parts, units)
    current = article.current_edition
    if current is not None and current.hash == seen and article.withdrawn_at is None:
        return None
    edition = _write_edition(article, page, parts, units, seen, by, at)
    article.current_edition, article.withdrawn_at, article.kind = edition, None, page.article_kind
    if page.sign_anew and current is not None:
        article.signed_from = edition.number
    article.save(update_fields=["current_edition", "withdrawn_at", "kind", "signed_from"])
    write("article-published", by=by, at=at, payload={"article": article.pk, "edition": edition.pk})
    _ask(article, edition, by, at)
    return edition


@transaction.atomic
def withdraw_article(*, article: Article, by: Person | None, at: datetime) -> None:
    """Readers no longer find it. Editions and signatures stay."""
    if Article.objects.filter(pk=article.pk, withdrawn_at=None).update(withdrawn_at=at):
        article.withdrawn_at = at
        write("article-withdrawn", by=by, at=at, payload={"article": article.pk})


def _identity(page: ArticlePage, at: datetime) -> Article:
    article, _new = Article.objects.select_related("current_edition").get_or_create(
        page_id=page.pk, defaults={"kind": page.article_kind, "published_at": at}
    )
    return article


def _digest(page: ArticlePage, parts: Parts, units: list[OrgUnit]) -> str:
    return digest(
        {
            "about": [page.title, page.summary, page.document_number, page.issuer, page.effective_on],
            "kind": page.article_kind,
            "parts": parts.kept,
            "signing": [page.must_sign, page.sign_by, page.sign_anew, [unit.pk for unit in units]],
        }
    )


def _write_edition(
    article: Article, page: ArticlePage, parts: Parts, units: list[OrgUnit], seen: str, by: Person | None, at: datetime
) -> ArticleEdition:
    number = (article.editions.aggregate(last=Max("number"))["last"] or 0) + 1
    edition = ArticleEdition.objects.create(
        article=article, number=number, title=page.title, summary=page.summary, document_number=page.document_number,
        issuer=page.issuer, effective_on=page.effective_on, parts=parts.kept, text=parts.text,
        must_sign=page.must_sign, sign_by=page.sign_by if page.must_sign else None, hash=seen,
        published_at=at, published_by=by,
    )  # fmt: skip
    edition.units.set(units)
    return edition


def _ask(article: Article, edition: ArticleEdition, by: Person | None, at: datetime) -> None:
    """Announced in portions, so that no delivery keeps others from writing for longer than a moment."""
    if not edition.must_sign:
        return
    people = list(unsigned(signers(edition), article).values_list("pk", flat=True))
    for start in range(0, len(people), ASKED_TOGETHER):
        portion = people[start : start + ASKED_TOGETHER]
        write("signature-asked", by=by, at=at, payload={"edition": edition.pk, "people": portion})
