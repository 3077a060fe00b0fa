"""News that everybody has to sign."""

from datetime import date, datetime

from lms.news.actions import Origin, Signing, draft_article, publish_draft
from lms.news.enums import Kind, Part
from lms.news.models import Article
from lms.people.models import Person
from tests.architecture.world.cast import Names


def announce(names: Names, owner: Person, at: datetime) -> Article:
    """News that everybody has to sign."""
    page = draft_article(
        kind=Kind.ANNOUNCEMENT, title=names.course[:80], owner=owner, by=owner, at=at,
        parts={Part.TEXT: [{"type": "rich_text", "value": "<p>正文。</p>"}]},
        origin=Origin(summary=names.text[:300], document_number=names.text[:100], issuer=names.unit[:100]),
        signing=Signing(date(2099, 1, 1)),
    )  # fmt: skip
    return publish_draft(page=page, by=owner, at=at).article
