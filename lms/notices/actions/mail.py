"""Sending e-mail: at least once, each time with the same Message-ID, so that a mail program shows it once."""

import logging
import smtplib
from collections.abc import Iterator
from datetime import datetime, timedelta
from email.utils import parseaddr
from typing import Final

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from lms.notices.models import Notice
from lms.notices.rendering import mail_html, render

logger = logging.getLogger(__name__)

MOST_ATTEMPTS: Final = 10
LONGEST_WAIT: Final = timedelta(hours=6)
LEASE: Final = timedelta(minutes=5)  # a worker that dies gives the mail back after this
BATCH: Final = 50


def send_due_mail(*, at: datetime, limit: int = BATCH) -> int:
    """Send up to `limit` e-mails that are due over one connection; returns how many were sent.

    A server that does not answer puts the mail off: 1, 2, 4 … minutes, six hours at most, ten times. An address it
    refuses for good is not tried again.
    """
    due = Notice.objects.filter(mail=Notice.Mail.PENDING, mail_due_at__lte=at).order_by("mail_due_at", "pk")
    keys = list(due.values_list("pk", flat=True)[:limit])
    connection: BaseEmailBackend = get_connection()
    try:
        return sum(_send(notice, connection, at) for notice in _claimed(keys, at))
    finally:
        connection.close()


def _claimed(keys: list[int], at: datetime) -> Iterator[Notice]:
    """The notices of which this worker alone moved the due time on."""
    for pk in keys:
        mine = Notice.objects.filter(pk=pk, mail=Notice.Mail.PENDING, mail_due_at__lte=at)
        if mine.update(mail_due_at=at + LEASE):
            yield Notice.objects.select_related("person").get(pk=pk)


def _send(notice: Notice, connection: BaseEmailBackend, at: datetime) -> bool:
    if not notice.person.email or not notice.person.is_active:
        _finish(notice, Notice.Mail.NONE)
        return False
    try:
        message(notice, connection).send()
    except (OSError, smtplib.SMTPException, ValueError) as error:
        logger.warning("mail of notice %s not sent: %s", notice.uuid, type(error).__name__)
        _put_off(notice, error, at)
        return False
    _finish(notice, Notice.Mail.SENT)
    return True


def message(notice: Notice, connection: BaseEmailBackend | None = None) -> EmailMultiAlternatives:
    """The e-mail of a notice, in the recipient's language."""
    shown = render(notice, notice.person.language)
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    mail = EmailMultiAlternatives(
        subject=shown.subject,
        body=shown.mail_body,
        to=[notice.person.email],
        headers={"Message-ID": f"<{notice.uuid}@{domain}>", "Auto-Submitted": "auto-generated"},
        connection=connection,
    )
    mail.attach_alternative(mail_html(notice, shown), "text/html")
    return mail


def _finish(notice: Notice, state: Notice.Mail) -> None:
    notice.mail = state
    notice.mail_due_at = None
    notice.mail_error = ""
    notice.save(update_fields=["mail", "mail_due_at", "mail_error"])


def _put_off(notice: Notice, error: Exception, at: datetime) -> None:
    notice.mail_attempts += 1
    notice.mail_error = repr(error)[:1000]
    notice.mail_due_at = at + wait_after(notice.mail_attempts)
    if notice.mail_attempts >= MOST_ATTEMPTS or _for_good(error):
        notice.mail = Notice.Mail.FAILED
        notice.mail_due_at = None
    notice.save(update_fields=["mail", "mail_attempts", "mail_error", "mail_due_at"])


def wait_after(attempts: int) -> timedelta:
    """How long to wait after the n-th failure."""
    return min(timedelta(minutes=2 ** (attempts - 1)), LONGEST_WAIT)


def _for_good(error: Exception) -> bool:
    """Whether the server will never take this mail: the address is refused with a 5xx, or cannot be written down."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _ in error.recipients.values())
    return isinstance(error, ValueError)
