"""Handling accounts: passwords, locks, sessions. Every step is in the journal, no password ever is."""

import secrets
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.db import transaction

from lms.journal.actions import write
from lms.people.models import LoginFailure, Person, RoleGrant
from lms.people.passwords import is_demo_password
from lms.people.refusals import refused
from lms.people.rules import account_refusal, normal_number

ONE_TIME_LIFE: Final = timedelta(hours=72)
_LETTERS: Final = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is mistaken for another on a small screen


@transaction.atomic
def issue_password(*, person: Person, by: Person | None, at: datetime) -> str:
    """A one-time password: shown once to who asked, valid for 72 hours, to be changed at the first log-in.

    Every session of the person ends, and a lock is lifted.
    """
    check_may_handle(person, by, at)
    password = f"{_letters(4)}-{_letters(4)}-{_letters(2)}"
    person.set_password(password)
    person.must_change_password = True
    person.password_expires_at = at + ONE_TIME_LIFE
    person.save(update_fields=["password", "must_change_password", "password_expires_at"])
    _forget_failures(person)
    write("password-issued", by=by, at=at, about=person, payload={})
    return password


@transaction.atomic
def change_password(*, person: Person, password: str, by: Person | None, at: datetime) -> None:
    """The person's own choice, already validated by the form; all other sessions end."""
    if is_demo_password(password) and not settings.DEMO:
        raise refused("demo_password")
    person.set_password(password)
    person.must_change_password = False
    person.password_expires_at = None
    person.save(update_fields=["password", "must_change_password", "password_expires_at"])
    write("password-changed", by=by, at=at, about=person, payload={})


@transaction.atomic
def unlock(*, person: Person, by: Person | None, at: datetime) -> None:
    """Let somebody try again at once after too many wrong passwords."""
    check_may_handle(person, by, at)
    _forget_failures(person)
    write("login-unlocked", by=by, at=at, about=person, payload={})


@transaction.atomic
def deactivate(*, person: Person, by: Person | None, at: datetime) -> None:
    """Nobody can log in as this person from the next request on; everything recorded stays."""
    check_may_handle(person, by, at)
    person.is_active = False
    person.session_epoch += 1
    person.save(update_fields=["is_active", "session_epoch"])
    write("account-deactivated", by=by, at=at, about=person, payload={})


@transaction.atomic
def reactivate(*, person: Person, by: Person | None, at: datetime) -> None:
    check_may_handle(person, by, at)
    person.is_active = True
    person.save(update_fields=["is_active"])
    write("account-reactivated", by=by, at=at, about=person, payload={})


@transaction.atomic
def end_sessions(*, person: Person, by: Person | None, at: datetime) -> None:
    """Log the person out everywhere, for example after a phone was lost."""
    check_may_handle(person, by, at)
    person.session_epoch += 1
    person.save(update_fields=["session_epoch"])
    write("sessions-ended", by=by, at=at, about=person, payload={})


def check_may_handle(person: Person, by: Person | None, at: datetime) -> None:
    """Refused when duties must stay apart (`rules.account_refusal`); the console (`by=None`) may always."""
    if by is None:
        return
    reason = account_refusal(_roles(by, at), _roles(person, at), same=by.pk == person.pk)
    if reason:
        raise refused(reason)


def _roles(person: Person, at: datetime) -> frozenset[str]:
    return frozenset(RoleGrant.objects.filter(person=person).valid(at).values_list("role", flat=True))


def _forget_failures(person: Person) -> None:
    LoginFailure.objects.filter(number=normal_number(person.staff_no)).delete()


def _letters(count: int) -> str:
    return "".join(secrets.choice(_LETTERS) for _ in range(count))
