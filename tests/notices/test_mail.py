"""E-mail against a real SMTP server on this machine."""

import email
from asyncio import Server
from collections.abc import Iterator
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.policy import default
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from lms.kernel import clock
from lms.notices import actions
from lms.notices.actions.mail import wait_after
from lms.notices.models import Notice
from lms.notices.tasks import send_pending_mail
from lms.people.models import Person

pytestmark = pytest.mark.django_db
CONTEXT = {"course": "触电急救", "course_uuid": "c0", "required": True, "due_at": None}


class Postman:
    """Takes mail, or answers as told."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.refuse_address = ""
        self.refuse_data = ""

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        if self.refuse_address:
            return self.refuse_address
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        if self.refuse_data:
            return self.refuse_data
        self.mails.append(email.message_from_bytes(envelope.content, policy=default))
        return "250 OK"


class OnAnyPort(Controller):
    """Asks the system for a free port and keeps it."""

    def _trigger_server(self) -> None:
        assert isinstance(self.server, Server)
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call]


@pytest.fixture
def smtp(settings: Any) -> Iterator[Postman]:
    server = Postman()
    controller = OnAnyPort(server, hostname="127.0.0.1", port=0)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", controller.port
    settings.EMAIL_TIMEOUT = 5
    settings.SITE_URL = "https://learn.example"
    settings.DEFAULT_FROM_EMAIL = "砺电学堂 <noreply@learn.example>"
    yield server
    controller.stop()


@pytest.fixture
def li(li_zhendong: Person) -> Person:
    li_zhendong.email = "li@example.com"
    li_zhendong.save()
    return li_zhendong


@pytest.fixture
def notice(li: Person, at: datetime) -> Notice:
    sent = actions.send("assigned", to=li, context=CONTEXT, key="k", at=at)
    assert sent
    return sent


def test_a_notice_goes_out_with_a_link_to_our_site_and_its_own_id(smtp: Postman, notice: Notice) -> None:
    send_pending_mail()
    (mail,) = smtp.mails
    assert mail["Subject"].strip() == "【砺电学堂】新的必修课：触电急救"
    assert mail["To"] == "li@example.com"
    assert mail["From"].addresses[0].addr_spec == "noreply@learn.example"
    assert mail["Message-ID"] == f"<{notice.uuid}@learn.example>"
    for part in ("plain", "html"):
        body = mail.get_body((part,))
        assert body and "https://learn.example/courses/c0/" in body.get_content()
    notice.refresh_from_db()
    assert notice.mail == Notice.Mail.SENT
    send_pending_mail()
    assert len(smtp.mails) == 1


def test_it_is_written_in_the_recipients_language(smtp: Postman, notice: Notice, li: Person) -> None:
    li.language = "en"
    li.save()
    send_pending_mail()
    assert "Required course assigned" in smtp.mails[0]["Subject"]


def test_a_mail_has_text_and_html_that_say_the_same(smtp: Postman, notice: Notice, li: Person) -> None:
    Notice.objects.update(context=CONTEXT | {"course": "<b>触电</b>"})
    actions.send_due_mail(at=clock.now())
    text = smtp.mails[0].get_body(("plain",))
    html = smtp.mails[0].get_body(("html",))
    assert text and html
    assert "<b>触电</b>" not in html.get_content()
    for said in ("&lt;b&gt;触电&lt;/b&gt;", "李振东，您好", "打开查看", text.get_content().split()[-1]):
        assert said in html.get_content()


def test_a_worker_that_died_after_sending_sends_the_same_id_again(smtp: Postman, notice: Notice, at: datetime) -> None:
    actions.send_due_mail(at=at)
    Notice.objects.update(mail=Notice.Mail.PENDING, mail_due_at=at)
    actions.send_due_mail(at=at)
    first, second = smtp.mails
    assert first["Message-ID"] == second["Message-ID"]


def test_a_claimed_mail_is_left_to_its_worker_until_the_lease_ends(
    smtp: Postman, notice: Notice, at: datetime
) -> None:
    Notice.objects.update(mail_due_at=at + timedelta(minutes=5))
    assert actions.send_due_mail(at=at + timedelta(minutes=4)) == 0
    assert actions.send_due_mail(at=at + timedelta(minutes=6)) == 1


@pytest.mark.parametrize("attribute", ["refuse_address", "refuse_data"])
def test_a_server_that_is_busy_puts_the_mail_off(attribute: str, smtp: Postman, notice: Notice, at: datetime) -> None:
    setattr(smtp, attribute, "451 busy")
    assert actions.send_due_mail(at=at) == 0
    notice.refresh_from_db()
    assert (notice.mail, notice.mail_attempts, notice.mail_due_at) == ("pending", 1, at + timedelta(minutes=1))
    setattr(smtp, attribute, "")
    assert actions.send_due_mail(at=at) == 0, "not before it is due again"
    assert actions.send_due_mail(at=at + timedelta(minutes=1)) == 1


def test_a_refused_address_is_not_tried_again(smtp: Postman, notice: Notice, at: datetime) -> None:
    smtp.refuse_address = "550 no such user"
    actions.send_due_mail(at=at)
    notice.refresh_from_db()
    assert (notice.mail, notice.mail_due_at) == ("failed", None)
    assert "550" in notice.mail_error


def test_without_a_server_mails_wait_longer_each_time_and_end(settings: Any, notice: Notice, at: datetime) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 9, 2
    for _ in range(10):
        notice.refresh_from_db()
        assert notice.mail == "pending"
        assert notice.mail_due_at
        actions.send_due_mail(at=notice.mail_due_at)
    notice.refresh_from_db()
    assert (notice.mail, notice.mail_attempts) == ("failed", 10)


def test_waiting_doubles_up_to_six_hours() -> None:
    assert [wait_after(n) for n in (1, 2, 3)] == [timedelta(minutes=n) for n in (1, 2, 4)]
    assert wait_after(30) == timedelta(hours=6)


def test_one_bad_mail_does_not_hold_up_the_others(smtp: Postman, li: Person, xie_yulan: Person, at: datetime) -> None:
    xie_yulan.email = "bad\nheader@example.com"
    xie_yulan.save()
    actions.send("assigned", to=xie_yulan, context=CONTEXT, key="bad", at=at - timedelta(seconds=1))
    actions.send("assigned", to=li, context=CONTEXT, key="good", at=at)
    assert actions.send_due_mail(at=at) == 1
    assert Notice.objects.get(key="bad").mail == "failed"
    assert [mail["To"] for mail in smtp.mails] == ["li@example.com"]


def test_people_without_address_and_quiet_notices_get_no_mail(li: Person, xie_yulan: Person, at: datetime) -> None:
    actions.send("assigned", to=xie_yulan, context=CONTEXT, key="a", at=at)
    actions.send("assigned", to=li, context=CONTEXT, key="b", at=at, mail=False)
    assert set(Notice.objects.values_list("mail", flat=True)) == {"none"}


def test_nobody_writes_to_a_deactivated_person(smtp: Postman, notice: Notice, li: Person, at: datetime) -> None:
    li.is_active = False
    li.save()
    assert actions.send_due_mail(at=at) == 0
    assert smtp.mails == []
    notice.refresh_from_db()
    assert notice.mail == "none"


def test_a_batch_is_limited(smtp: Postman, li: Person, at: datetime) -> None:
    for number in range(5):
        actions.send("assigned", to=li, context=CONTEXT, key=str(number), at=at)
    assert actions.send_due_mail(at=at, limit=3) == 3
    assert actions.send_due_mail(at=clock.now(), limit=3) == 2
