"""Policies of the library as documents that questions rest on."""

from exams.rules.outdating import Issue, names
from lms.news.enums import Kind
from lms.news.models import Article, ArticleEdition


def issue(edition: ArticleEdition) -> Issue:
    """An edition, its article loaded with it. `anew` is known of the newest one only."""
    anew = edition.number > 1 and edition.article.signed_from == edition.number
    return Issue(edition.title, edition.number, edition.document_number, edition.effective_on, anew)


def issue_before(edition: ArticleEdition) -> Issue | None:
    """What the library had of the document before: the edition before, or a policy of the same name; None: nothing."""
    earlier = edition.article.editions.filter(number__lt=edition.number).order_by("-number").first()
    if earlier:
        return issue(earlier)
    others = Article.objects.filter(kind=Kind.POLICY, published_at__lt=edition.published_at)
    named = names(edition.title)
    rows = others.exclude(pk=edition.article_id).exclude(current_edition=None).order_by("-published_at")
    for other in rows.select_related("current_edition__article"):
        if other.current_edition and named & names(other.current_edition.title):
            return issue(other.current_edition)
    return None
