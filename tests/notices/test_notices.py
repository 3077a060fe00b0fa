"""Notices: once per key, in the reader's language, linked only to our own site."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.test import Client

from lms.notices import actions
from lms.notices.models import Notice
from lms.notices.rendering import render
from lms.people.models import Person

DUE = datetime(2026, 12, 1, 16, tzinfo=UTC)
ROOM = {"exam": "e0", "title": "安规", "room": "301", "early": 15, "begins_at": DUE.isoformat()}
CONTEXTS: dict[str, dict[str, Any]] = {
    "assigned": {"course": "触电急救", "course_uuid": "c0", "required": True, "due_at": DUE.isoformat()},
    "course_completed": {
        "course": "触电急救",
        "course_uuid": "c0",
        "hours": "1",
        "account": "safety",
        "account_label": "安全账户",
    },
    "certificate_issued": {"certificate": "x", "serial": "YL-2026-0001", "course": "触电急救"},
    "certificate_held": {"certificate": "x", "serial": "YL-2026-0001", "reason": "字体缺字"},
    "reminder": {"course": "触电急救", "course_uuid": "c0", "due_at": DUE.isoformat(), "count": 1, "lessons_left": 2},
    "password_changed": {"happened_at": DUE.isoformat()},
    "password_issued": {"happened_at": DUE.isoformat()},
    "login_locked": {"happened_at": DUE.isoformat()},
    "exam_seated": {**ROOM, "seat": 7},
    "exam_unseated": ROOM,
    "exam_invigilates": ROOM,
    "session_moved": {**ROOM, "seat": 7},
    "session_cancelled": {**ROOM, "reason": "x"},
    "deferral_asked": {**ROOM, "name": "李振东"},
    "deferral_decided": {**ROOM, "approved": True, "answer": ""},
    "make_up_listed": {"exam": "e0", "title": "安规", "opens_at": "", "closes_at": DUE.isoformat()},
}
pytestmark = pytest.mark.django_db


@pytest.fixture
def send(li_zhendong: Person, at: datetime) -> Callable[..., Notice | None]:
    def run(kind: str = "assigned", key: str = "k", **more: Any) -> Notice | None:
        context = {**CONTEXTS[kind], **more.pop("context", {})}
        return actions.send(kind, to=more.pop("to", li_zhendong), context=context, key=key, at=at, **more)

    return run


def test_the_same_key_is_the_same_notice(send: Any) -> None:
    assert send(key="a") is not None
    assert send(key="a") is None
    assert send(key="b") is not None
    assert Notice.objects.count() == 2


def test_every_kind_has_words_for_its_context() -> None:
    kinds = {
        path.name.split(".")[0] for path in Path(django_settings.BASE_DIR, "templates/notices").glob("*.title.txt")
    }
    assert kinds >= set(CONTEXTS)


@pytest.mark.parametrize("kind", CONTEXTS)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_kind_reads_in_both_languages(kind: str, language: str, send: Any) -> None:
    notice = send(kind)
    shown = render(notice, language)
    assert shown.title
    assert shown.body
    assert "{" not in shown.title + shown.body + shown.path
    assert (
        any("\u4e00" <= sign <= "\u9fff" for sign in shown.body) is (language == "zh-hans")
        or "字体" in shown.body
        or "安全" in shown.body
    )
    assert shown.path == "" or shown.path.startswith("/")


def test_a_reminder_says_what_is_due_and_how_much_is_left(send: Any) -> None:
    shown = render(send("reminder"), "zh-hans")
    assert shown.title == "您有 1 门必修课待完成：触电急救"
    assert "12月2日" in shown.body, "the day in Shanghai"
    assert "还差 2 课时" in shown.body
    assert shown.path == "/courses/c0/"


def test_optional_and_undated_assignments_do_not_press(send: Any) -> None:
    shown = render(send(context={"required": False, "due_at": None}), "zh-hans")
    assert (shown.title, shown.body) == ("为您安排了选修课：触电急救", "有空时完成。")


def test_text_is_text_and_escaped_only_where_it_is_shown(
    send: Any, client_of: Callable[[Person], Client], li_zhendong: Person
) -> None:
    notice = send(context={"course": "<b>A & B</b>"})
    assert render(notice, "zh-hans").title == "新的必修课：<b>A & B</b>"
    page = client_of(li_zhendong).get("/notices/").content.decode()
    assert "&lt;b&gt;A &amp; B&lt;/b&gt;" in page
    assert "<b>A" not in page


@pytest.mark.parametrize("uuid", ["/evil.example", "../../evil", "javascript:"])
def test_links_stay_on_the_configured_site(uuid: str, send: Any, settings: Any) -> None:
    settings.SITE_URL = "https://learn.example"
    shown = render(send(context={"course_uuid": uuid}), "zh-hans")
    assert shown.link == "" or shown.link.startswith("https://learn.example/")


def test_the_inbox_shows_ones_own_notices_newest_first(
    send: Any, client_of: Callable[[Person], Client], li_zhendong: Person, xie_yulan: Person
) -> None:
    send("assigned", key="a")
    send("certificate_issued", key="b")
    send("assigned", key="c", to=xie_yulan, context={"course": "别人的课"})
    answer = client_of(li_zhendong).get("/notices/")
    assert [shown.title for _, shown in answer.context["notices"]] == [
        "您的证书已生成：触电急救",
        "新的必修课：触电急救",
    ]
    assert "别人的课" not in answer.content.decode()
    assert answer.context["unread"] == 2
    assert Notice.objects.unread().count() == 3, "looking changes nothing"


def test_opening_one_marks_it_and_leads_on(
    send: Any, client_of: Callable[[Person], Client], li_zhendong: Person
) -> None:
    notice = send()
    send(key="other")
    browser = client_of(li_zhendong)
    assert browser.get(f"/notices/{notice.uuid}/").status_code == 405
    answer = browser.post(f"/notices/{notice.uuid}/")
    assert answer.url == "/courses/c0/"  # type: ignore[attr-defined]
    assert Notice.objects.unread().count() == 1


def test_somebody_elses_notice_does_not_exist(
    send: Any, client_of: Callable[[Person], Client], xie_yulan: Person
) -> None:
    notice = send()
    browser = client_of(xie_yulan)
    assert browser.post(f"/notices/{notice.uuid}/").status_code == 404
    browser.post("/notices/read/")
    assert Notice.objects.unread().count() == 1


def test_all_are_marked_at_once(send: Any, client_of: Callable[[Person], Client], li_zhendong: Person) -> None:
    send(key="a")
    send(key="b")
    client_of(li_zhendong).post("/notices/read/")
    assert not Notice.objects.unread().exists()
    assert actions.mark_read(person=li_zhendong, at=DUE) == 0


def test_the_inbox_is_paged_and_costs_the_same_for_many(
    send: Any, client_of: Callable[[Person], Client], li_zhendong: Person, statements: Any
) -> None:
    for number in range(45):
        send(key=str(number))
    browser = client_of(li_zhendong)
    with statements(at_most=10):
        answer = browser.get("/notices/?page=2")
    assert len(answer.context["notices"]) == 20
    assert browser.get("/notices/?page=99999").status_code == 200


def test_an_empty_inbox_says_so(client_of: Callable[[Person], Client], li_zhendong: Person) -> None:
    assert "暂无消息" in client_of(li_zhendong).get("/notices/").content.decode()


def test_the_inbox_reads_in_the_language_of_the_page(
    send: Any, client_of: Callable[[Person], Client], li_zhendong: Person
) -> None:
    send()
    browser = client_of(li_zhendong)
    browser.post("/lang/", {"language": "en"})
    assert "Required course assigned" in browser.get("/notices/").content.decode()


def test_a_day_ago_is_before_now(send: Any, at: datetime) -> None:
    actions.send(
        "assigned", to=Person.objects.get(), context=CONTEXTS["assigned"], key="old", at=at - timedelta(days=1)
    )
    send(key="new")
    assert [notice.key for notice in Notice.objects.all()] == ["new", "old"]
