"""News and policies of the demo company, and who has signed them."""

import random
from datetime import datetime, time, timedelta
from typing import Any

from django.utils.timezone import localdate, localtime

from courses.blockdata import raw
from lms.demo.sources import CONTENT, load
from lms.news.actions import Origin, Signing, draft_article, publish_draft, sign
from lms.news.enums import Kind, Part
from lms.news.models import ArticleEdition
from lms.news.queries import signers
from lms.people.models import OrgUnit, Person

SIGNS_HIMSELF = "00120039"  # 李振东: the visitor of the demo signs in his name what waits today


def build_news(people: dict[str, Person], *, seed: int, today: datetime) -> int:
    """Publish every article on its day, the oldest first, with its signatures; how many there are."""
    rng = random.Random(seed)
    articles = sorted(load("news/articles.yaml"), key=lambda facts: -facts["days"])
    for facts in articles:
        edition = _publish(facts, people, today)
        if facts.get("sign"):
            _sign(edition, facts["sign"], rng, today)
    return len(articles)


def _publish(facts: dict[str, Any], people: dict[str, Person], today: datetime) -> ArticleEdition:
    owner, at = people[facts["owner"]], _morning(today, facts["days"])
    parts = {
        Part(key): [raw(_stored(block), CONTENT / "news", owner) for block in blocks]
        for key, blocks in facts["parts"].items()
    }
    origin = Origin(**{key: facts[key] for key in vars(Origin()) if key in facts})
    page = draft_article(
        kind=Kind(facts["kind"]), title=facts["title"], parts=parts, owner=owner, by=owner, at=at,
        origin=origin, signing=_signing(facts.get("sign"), today),
    )  # fmt: skip
    return publish_draft(page=page, by=owner, at=at)


def _stored(block: dict[str, Any]) -> dict[str, Any]:
    """A question and its answer are written without a type."""
    return {"type": "answer", "value": {"clause": "", **block}} if "question" in block else block


def _signing(asked: dict[str, Any] | None, today: datetime) -> Signing | None:
    if asked is None:
        return None
    units = list(OrgUnit.objects.filter(code__in=asked["units"]).order_by("path"))
    return Signing(localdate(today) + timedelta(days=asked["until"]), units)


def _sign(edition: ArticleEdition, asked: dict[str, Any], rng: random.Random, today: datetime) -> None:
    """The share that has signed, within two days, at their own hours."""
    waiting = asked["until"] >= 0
    for person in signers(edition).order_by("staff_no"):
        late = person.staff_no == SIGNS_HIMSELF and waiting
        at = edition.published_at + timedelta(minutes=rng.randint(20, 2 * 24 * 60))
        if rng.random() < asked["share"] and not late and at < today:
            sign(person=person, article=edition.article, edition=edition.number, at=at)


def _morning(today: datetime, days: int) -> datetime:
    """Half past eight, local time, of a day before today."""
    local = localtime(today)
    return datetime.combine(local.date() - timedelta(days=days), time(8, 30), local.tzinfo)
