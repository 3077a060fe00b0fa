"""必读签收: who is asked, who has signed, and what a change of the text does to it."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from lms.journal.actions import deliver
from lms.journal.models import Entry
from lms.news.actions import Changed, NotAsked, publish_draft, remind_signers, sign, withdraw_article
from lms.news.models import Article, Signature
from lms.news.queries import open_signers, signers, tallies, tally, to_sign
from lms.notices.models import Notice
from lms.people.models import OrgUnit, Person
from tests.news.conftest import Make, article_of

pytestmark = pytest.mark.django_db
Unit = Callable[[str], OrgUnit]


def names(people: object) -> set[str]:
    return {person.name for person in people}  # type: ignore[attr-defined]


def signed(article: Article, person: Person, at: datetime) -> Signature:
    assert article.current_edition is not None
    return sign(person=person, article=article, edition=article.current_edition.number, at=at)


def test_the_whole_company_or_the_named_units_with_what_is_below(
    make_article: Make, unit: Unit, li_zhendong: Person, xie_yulan: Person, make_person: Callable[..., Person]
) -> None:
    make_person("W001", "外包一", "YL1301", is_external=True)
    make_person("L001", "离岗一", "YL1301", is_active=False)
    everybody, some = make_article(units=[]), make_article(units=[unit("YL1301")])
    assert everybody.current_edition and some.current_edition
    assert names(signers(everybody.current_edition)) >= {"李振东", "谢玉兰", "唐志远"}
    assert names(signers(some.current_edition)) == {"谢玉兰"}
    assert to_sign(xie_yulan) == [everybody, some]
    assert to_sign(li_zhendong) == [everybody]


def test_what_waits_costs_one_statement_and_the_most_urgent_comes_first(
    make_article: Make, xie_yulan: Person, statements: Callable[..., object]
) -> None:
    later, sooner = make_article(title="后"), make_article(title="先", units=[])
    assert to_sign(xie_yulan) == [sooner]
    with statements(at_most=1):  # type: ignore[attr-defined]
        assert [article.current_edition.title for article in to_sign(xie_yulan) if article.current_edition] == ["先"]
    assert later.current_edition and not later.current_edition.must_sign


def test_signing_is_kept_once_with_the_unit_of_then(make_article: Make, xie_yulan: Person, at: datetime) -> None:
    article = make_article(units=[])
    first, again = signed(article, xie_yulan, at), signed(article, xie_yulan, at + timedelta(minutes=1))
    assert first == again and again.signed_at == at
    assert first.unit is not None and first.unit.code == "YL1301"
    assert to_sign(xie_yulan) == []
    assert Entry.objects.filter(kind="article-signed", about_person=xie_yulan.pk).count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        Signature.objects.create(article=article, edition=first.edition, person=xie_yulan, signed_at=at)


def test_only_who_is_asked_signs_and_only_what_was_read(
    make_article: Make, unit: Unit, li_zhendong: Person, xie_yulan: Person, at: datetime
) -> None:
    article = make_article(units=[unit("YL1301")])
    with pytest.raises(NotAsked):
        signed(article, li_zhendong, at)
    with pytest.raises(Changed):
        sign(person=xie_yulan, article=article, edition=7, at=at)
    withdraw_article(article=article, by=None, at=at)
    with pytest.raises(NotAsked):
        signed(article, xie_yulan, at)
    assert not Signature.objects.exists()


@pytest.mark.parametrize("anew", [False, True])
def test_a_correction_keeps_signatures_a_change_of_meaning_asks_again(
    anew: bool, make_article: Make, xie_yulan: Person, at: datetime
) -> None:
    article = make_article(units=[])
    signed(article, xie_yulan, at)
    page = article.page.specific  # type: ignore[union-attr]
    page.summary, page.sign_anew = "新的第一行", anew
    page.save_revision()
    edition = publish_draft(page=page, by=None, at=at)
    assert edition.number == 2
    assert bool(to_sign(xie_yulan)) is anew
    if anew:
        assert signed(article_of(page), xie_yulan, at).edition == edition


def test_publishing_the_same_again_changes_nothing(make_article: Make, at: datetime) -> None:
    article = make_article(units=[])
    asked = Entry.objects.filter(kind="signature-asked").count()
    edition = publish_draft(page=article.page.specific, by=None, at=at)  # type: ignore[union-attr]
    assert edition == article.current_edition
    assert Entry.objects.filter(kind="signature-asked").count() == asked


def test_who_has_to_sign_gets_one_notice_and_the_signed_none(
    make_article: Make, li_zhendong: Person, xie_yulan: Person, at: datetime
) -> None:
    article = make_article(units=[])
    signed(article, li_zhendong, at)
    deliver(at=at + timedelta(minutes=5))
    told = Notice.objects.filter(kind="must_sign")
    assert xie_yulan.pk in told.values_list("person", flat=True)
    assert li_zhendong.pk not in told.values_list("person", flat=True)
    before = told.count()
    page = article.page.specific  # type: ignore[union-attr]
    page.summary = "只改了一个字"
    page.save_revision()
    publish_draft(page=page, by=None, at=at)
    deliver(at=at + timedelta(minutes=5))
    assert told.count() == before


def test_figures_of_the_units_in_scope(
    make_article: Make, li_zhendong: Person, xie_yulan: Person, peng_xiaojun: Person, at: datetime
) -> None:
    article = make_article(units=[])
    signed(article, xie_yulan, at)
    station = OrgUnit.objects.filter(code__in=["YL1301", "YL1302"])
    counted = tally(article, station)
    assert (counted.asked, counted.signed, counted.open) == (2, 1, 1)
    assert names(open_signers(article, station)) == {peng_xiaojun.name}
    assert sum(row.tally.asked for row in tallies(article, station)) == 2
    assert tallies(article, station)[0].tally.percent == min(row.tally.percent for row in tallies(article, station))


def test_a_reminder_reaches_each_once_a_day(
    make_article: Make, luo_jianhua: Person, peng_xiaojun: Person, at: datetime
) -> None:
    article = make_article(units=[])
    assert remind_signers(article=article, people=[peng_xiaojun], by=luo_jianhua, at=at) == 1
    assert remind_signers(article=article, people=[peng_xiaojun], by=luo_jianhua, at=at) == 0
    assert remind_signers(article=article, people=[peng_xiaojun], by=luo_jianhua, at=at + timedelta(days=1)) == 1


def test_who_has_signed_is_not_told_any_more_to_sign(
    make_article: Make, xie_yulan: Person, li_zhendong: Person, lin_xiaowen: Person, at: datetime
) -> None:
    article, other = make_article(units=[]), make_article("另一篇", units=[])
    deliver(at=at)
    remind_signers(article=article, people=[xie_yulan], by=lin_xiaowen, at=at)
    signed(article, xie_yulan, at)
    unread = Notice.objects.unread()
    assert [notice.context["article"] for notice in unread.filter(person=xie_yulan)] == [str(other.uuid)]
    assert unread.filter(person=li_zhendong).count() == 2
