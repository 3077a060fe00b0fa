"""What readers, managers and strangers find behind the addresses of news."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from lms.news.actions import withdraw_article
from lms.news.enums import Kind, Part
from lms.news.models import Article, Signature
from lms.notices.models import Notice
from lms.people.models import OrgUnit, Person
from tests.news.conftest import TEXT, Make

pytestmark = pytest.mark.django_db
Browser = Callable[[Person], Client]


def text(client: Client, name: str, *arguments: Any, **query: str) -> str:
    answer = client.get(reverse(f"news:{name}", args=arguments), query)
    assert answer.status_code == 200
    return answer.content.decode()


def sign(client: Client, article: Article, edition: str = "1") -> Any:
    return client.post(reverse("news:sign", args=[article.uuid]), {"edition": edition}, follow=True)


def test_a_reader_finds_reads_and_signs(make_article: Make, xie_yulan: Person, client_of: Browser) -> None:
    article, browser = make_article(units=[]), client_of(xie_yulan)
    assert "夏季安全学习通知" in text(browser, "list")
    assert reverse("news:sign", args=[article.uuid]) in text(browser, "show", article.uuid)
    assert "已签收" in sign(browser, article).content.decode()
    assert reverse("news:sign", args=[article.uuid]) not in text(browser, "show", article.uuid)
    assert Signature.objects.get().person == xie_yulan


def test_home_asks_until_it_is_signed(make_article: Make, xie_yulan: Person, client_of: Browser) -> None:
    article, browser = make_article(units=[]), client_of(xie_yulan)
    assert "请阅读并签收" in browser.get("/").content.decode()
    sign(browser, article)
    assert "请阅读并签收" not in browser.get("/").content.decode()


def test_who_has_read_an_older_text_is_told(make_article: Make, xie_yulan: Person, client_of: Browser) -> None:
    answer = sign(client_of(xie_yulan), make_article(units=[]), "9")
    assert "请重新阅读" in answer.content.decode()
    assert not Signature.objects.exists()


@pytest.mark.parametrize("edition", ["", "x", "-1", "²", "9" * 400])
def test_a_forged_edition_signs_nothing(
    edition: str, make_article: Make, xie_yulan: Person, client_of: Browser
) -> None:
    assert sign(client_of(xie_yulan), make_article(units=[]), edition).status_code == 200
    assert not Signature.objects.exists()


def test_a_policy_shows_the_parts_it_has(make_article: Make, xie_yulan: Person, client_of: Browser) -> None:
    answer = {"type": "answer", "value": {"question": "谁受理", "answer": "<p>首问责任人。</p>", "clause": "第三条"}}
    article = make_article(kind=Kind.POLICY, parts={Part.ORIGINAL: [TEXT], Part.ANSWERS: [answer]})
    page = text(client_of(xie_yulan), "show", article.uuid)
    assert 'id="original"' in page and 'id="answers"' in page and "首问责任人" in page
    assert 'id="cases"' not in page and 'id="picture"' not in page
    assert "夏季安全学习通知" not in text(client_of(xie_yulan), "list", kind="news")
    assert "夏季安全学习通知" in text(client_of(xie_yulan), "list", kind="policy", q="首问责任人")


def test_markup_that_does_harm_is_taken_out(make_article: Make, xie_yulan: Person, client_of: Browser) -> None:
    bad = {"type": "rich_text", "value": "<p onclick='x()'>读<script>alert(1)</script></p>"}
    page = text(client_of(xie_yulan), "show", make_article(parts={Part.TEXT: [bad]}).uuid)
    assert "onclick" not in page and "alert(1)</script>" not in page


def test_withdrawn_is_gone_and_the_external_sees_nothing(
    make_article: Make, make_person: Callable[..., Person], xie_yulan: Person, client_of: Browser, at: datetime
) -> None:
    external = make_person("W001", "外包一", "YLW01", is_external=True)
    article = make_article(units=[])
    address = reverse("news:show", args=[article.uuid])
    assert client_of(external).get(address).status_code == 404
    assert "夏季安全学习通知" not in text(client_of(external), "list")
    withdraw_article(article=article, by=None, at=at)
    assert client_of(xie_yulan).get(address).status_code == 404
    assert sign(client_of(xie_yulan), article).status_code == 404


def test_a_manager_sees_the_own_units_and_reminds_them(
    make_article: Make, luo_jianhua: Person, xie_yulan: Person, peng_xiaojun: Person, client_of: Browser
) -> None:
    article, browser = make_article(units=[]), client_of(luo_jianhua)
    assert "夏季安全学习通知" in text(browser, "desk")
    board = text(browser, "board", article.uuid)
    assert xie_yulan.name in board and peng_xiaojun.name not in board
    browser.post(reverse("news:remind", args=[article.uuid]))
    told = Notice.objects.filter(kind="sign_reminder").values_list("person", flat=True)
    assert xie_yulan.pk in told and peng_xiaojun.pk not in told


def test_where_nobody_is_asked_no_rate_is_shown(
    make_article: Make, luo_jianhua: Person, client_of: Browser, unit: Callable[[str], OrgUnit]
) -> None:
    article, browser = make_article(units=[unit("YL04")]), client_of(luo_jianhua)
    for page in (text(browser, "desk"), text(browser, "board", article.uuid)):
        assert "您的单位目前无人需要签收" in page and "<progress" not in page


def test_the_board_costs_the_same_for_any_number_of_units(
    make_article: Make, luo_jianhua: Person, client_of: Browser, statements: Callable[..., Any]
) -> None:
    article, browser = make_article(units=[]), client_of(luo_jianhua)
    text(browser, "board", article.uuid)
    with statements(at_most=14):
        text(browser, "board", article.uuid)


def test_an_auditor_looks_and_reminds_nobody(make_article: Make, auditor: Person, client_of: Browser) -> None:
    article = make_article(units=[])
    assert client_of(auditor).get(reverse("news:board", args=[article.uuid])).status_code == 200
    assert client_of(auditor).post(reverse("news:remind", args=[article.uuid])).status_code == 403
