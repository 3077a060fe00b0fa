"""What exams do when something happened."""

from datetime import datetime

from exams.actions.mistakes import collect_mistakes
from exams.actions.outdate import document_changed
from exams.models import Attempt, QuestionBank
from exams.queries.library import issue, issue_before
from exams.rules.outdating import new_edition
from lms.journal.models import Entry
from lms.news.enums import Kind
from lms.news.models import ArticleEdition
from lms.people.models import Person


def fill_the_book_of_mistakes(entry: Entry, *, at: datetime) -> None:
    """scores-released: what was wrong can be practised."""
    attempt = Attempt.objects.select_related("person", "exam").get(pk=entry.payload["attempt"])
    collect_mistakes(attempt=attempt, at=at)


def outdate_questions(entry: Entry, *, at: datetime) -> None:
    """article-published: what rests on a policy that has a new edition is checked again."""
    published = ArticleEdition.objects.select_related("article").get(pk=entry.payload["edition"])
    if published.article.kind != Kind.POLICY:
        return
    before, after = issue_before(published), issue(published)
    edition = new_edition(before, after)
    if before and edition:
        by = Person.objects.filter(pk=entry.by_person).first()
        titles = [after.title, before.title]
        document_changed(titles=titles, edition=edition, banks=QuestionBank.objects.all(), by=by, at=at)
