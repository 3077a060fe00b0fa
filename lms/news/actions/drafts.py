"""Articles as drafts, made by code rather than on a screen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from cms.sanitising import sanitised
from lms.news.actions.publish import publish_article
from lms.news.actions.setup import ensure_section
from lms.news.enums import Kind, Part
from lms.news.models import Article, ArticleEdition, ArticlePage, NewsIndexPage, NewsPage, PolicyPage
from lms.people.models import OrgUnit, Person

Stored = Sequence[dict[str, Any]]  # blocks as a StreamField stores them


@dataclass(frozen=True)
class Origin:
    """Where a text comes from: first line, document number, who issued it, in force from."""

    summary: str = ""
    document_number: str = ""
    issuer: str = ""
    effective_on: date | None = None


@dataclass(frozen=True)
class Signing:
    """Who has to sign until when: the units with everything below them, none for the whole company."""

    until: date
    units: Sequence[OrgUnit] = ()


@transaction.atomic
def draft_article(
    *,
    kind: Kind,
    title: str,
    parts: Mapping[Part, Stored],
    owner: Person,
    by: Person | None,
    at: datetime,
    origin: Origin = Origin(),
    signing: Signing | None = None,
) -> ArticlePage:
    """An unpublished page of news (one part, its text) or of a policy (up to four). KeyError for a part it has not."""
    page: ArticlePage = PolicyPage() if kind == Kind.POLICY else NewsPage(kind=kind)
    fields = _FIELDS[type(page)]
    for part, blocks in parts.items():
        stream = page._meta.get_field(fields[part]).stream_block
        setattr(page, fields[part], sanitised(stream, stream.to_python(list(blocks))))
    page.title, page.owner, page.live = title, owner, False
    for name, value in vars(origin).items():
        setattr(page, name, value)
    if signing:
        page.must_sign, page.sign_by = True, signing.until
    section = NewsIndexPage.objects.get(pk=ensure_section().pk)
    section.add_child(instance=page)
    if signing:
        page.units.set(signing.units)
        page.save()
    page.save_revision(user=by)
    return page


@transaction.atomic
def publish_draft(*, page: ArticlePage, by: Person | None, at: datetime) -> ArticleEdition:
    """Publish the newest draft as of `at`, past review: for what code writes. Returns the edition readers see."""
    draft = page.get_latest_revision_as_object()
    publish_article(page=draft, by=by, at=at)  # what the page's own signal finds is then nothing new
    page.get_latest_revision().publish(user=by, skip_permission_checks=True)
    edition = Article.objects.select_related("current_edition").get(page=page.pk).current_edition
    assert edition is not None
    return edition


_FIELDS: Mapping[type[ArticlePage], Mapping[Part, str]] = {
    NewsPage: {Part.TEXT: "body"},
    PolicyPage: {
        Part.ORIGINAL: "original",
        Part.PICTURE: "picture",
        Part.ANSWERS: "answers",
        Part.CASES: "cases",
    },
}
