"""News and policies of the demo company, and who has signed them."""

from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from django.utils.timezone import localdate

from courses.blockdata import raw
from lms.demo.calendar import Calendar, Event
from lms.demo.sources import CONTENT, load
from lms.news.actions import NotAsked, Origin, Signing, draft_article, publish_draft, sign
from lms.news.enums import Kind, Part
from lms.news.models import ArticleEdition
from lms.news.queries import signers
from lms.people.models import OrgUnit, Person

SIGNS_HIMSELF = "00120039"  # 李振东: the visitor of the demo signs in his name what waits today


def plan_news(people: dict[str, Person], calendar: Calendar) -> None:
    """Every article is published at half past eight of its day, and signed for from then on."""
    for facts in load("news/articles.yaml"):
        calendar.add(calendar.at(calendar.ago(facts["days"]), 8.5), _publishing(facts, people, calendar))


def _publishing(facts: dict[str, Any], people: dict[str, Person], calendar: Calendar) -> Event:
    def happen(at: datetime) -> None:
        edition = _publish(facts, people, calendar.today, at)
        if facts.get("sign"):
            _plan_signing(edition, facts["sign"], calendar)

    return happen


def _publish(facts: dict[str, Any], people: dict[str, Person], today: datetime, at: datetime) -> ArticleEdition:
    owner = people[facts["owner"]]
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


def _plan_signing(edition: ArticleEdition, asked: dict[str, Any], calendar: Calendar) -> None:
    """The share that signs, within two days, at their own hours."""
    waiting = asked["until"] >= 0
    for person in signers(edition).order_by("staff_no"):
        late = person.staff_no == SIGNS_HIMSELF and waiting
        at = edition.published_at + timedelta(minutes=calendar.rng.randint(20, 2 * 24 * 60))
        if calendar.rng.random() < asked["share"] and not late:
            calendar.add(at, _signing_of(person, edition))


def _signing_of(person: Person, edition: ArticleEdition) -> Event:
    def happen(at: datetime) -> None:
        with suppress(NotAsked):  # has left since
            sign(person=person, article=edition.article, edition=edition.number, at=at)

    return happen
