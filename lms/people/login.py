"""Logging in with a staff number."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any, NoReturn

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.hashers import make_password
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lms.journal.actions import write
from lms.kernel import clock
from lms.kernel.prepared import Key, Prepared
from lms.people import actions, lockout, own_cookies
from lms.people.models import Person
from lms.people.passwords import is_demo_password
from lms.people.rules import normal_number


class LoginRefused(PermissionDenied):
    """Stops `authenticate` at once; `str()` is what the person reads."""


class StaffNumberBackend(ModelBackend):
    """Number and password. Every way in passes here, so every way in shares the counters of `lockout`.

    An unknown number, a deactivated account and one without a password cost the same time and read the same.
    """

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **kwargs: Any
    ) -> Person | None:
        if username is None or password is None:
            return None
        at = clock.now()
        number, address = normal_number(username), lockout.client_address(request)
        if not lockout.count_address(address, at=at):
            _refuse(request, _("Too many people are logging in here. Please try again in a minute."))
        attempt = lockout.take(number, address=address, at=at)
        if attempt is None:
            _refuse(request, locked_text())
        person = Person.objects.numbered(number).first()
        right = _right(person, password)  # hashes, whoever this is
        if person is None or not right:
            _fail(request, attempt, person, at)
        if person.password_expires_at and person.password_expires_at <= at:
            _refuse(request, _("The one-time password has expired. Please ask your training administrator again."))
        lockout.give_back(attempt)
        return person

    def get_user(self, user_id: int) -> Person | None:
        return _ACTIVE.first(pk=user_id)


_ACTIVE: Prepared[Person] = Prepared(lambda: Person.objects.filter(pk=Key("pk"), is_active=True).order_by())


class ClosedAccounts(DefaultAccountAdapter):
    """Accounts come from the roster; nobody signs up. The counters are ours, allauth's are off."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Nothing: the backend counts, whoever calls it."""

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        raise ValidationError(getattr(request, "login_refusal", "") or locked_text())

    def is_safe_url(self, url: str | None) -> bool:
        return is_local_path(url)

    def post_login(self, request: HttpRequest, user: AbstractBaseUser, **facts: Any) -> HttpResponse:
        response: HttpResponse = super().post_login(request, user, **facts)
        assert isinstance(user, Person)
        own_cookies.drop(request, response)
        if user.language != request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, settings.LANGUAGE_CODE):
            remember_language(response, user.language)
        return response

    def set_password(self, user: AbstractBaseUser, password: str) -> None:
        assert isinstance(user, Person)
        actions.change_password(person=user, password=password, by=user, at=clock.now())

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return settings.LOGIN_REDIRECT_URL


def remember_language(response: HttpResponse, language: str) -> None:
    """The language belongs to the person; a borrowed phone takes it over at log-in."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        secure=settings.SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite="Lax",
    )


def is_local_path(url: str | None) -> bool:
    """Whether `next` leads to a path of ours: no scheme, no host, no trick with slashes."""
    return url is not None and url.startswith("/") and url_has_allowed_host_and_scheme(url, allowed_hosts=None)


def locked_text() -> str:
    return _("Too many wrong passwords. Please try again in 15 minutes, or ask your training administrator.")


def login_required(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Ask the anonymous to log in: a page redirects, a script's request gets 401 and stays where it is."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        if wants_json(request):
            return JsonResponse({"error": "login"}, status=401)
        return redirect_to_login(request.get_full_path())

    return guarded


def wants_json(request: HttpRequest) -> bool:
    """Whether a script asks, which can do nothing with a page."""
    return request.headers.get("X-Requested-With") in ("fetch", "XMLHttpRequest") or "application/json" in (
        request.headers.get("Accept", "")
    )


def _right(person: Person | None, password: str) -> bool:
    """Whether this is the person's password; the same hashing work in every case."""
    if person is None:
        make_password(password)
        return False
    right = person.check_password(password)
    return right and person.is_active and (settings.DEMO or not is_demo_password(password))


def _fail(request: HttpRequest | None, attempt: lockout.Attempt, person: Person | None, at: datetime) -> NoReturn:
    if attempt.left == 0:
        write("login-locked", by=None, at=at, about=person, payload={})
        _refuse(request, locked_text())
    sentence = ngettext(
        "Staff number or password is wrong, %(left)d more try. "
        "If you forgot the password, please ask your training administrator.",
        "Staff number or password is wrong, %(left)d more tries. "
        "If you forgot the password, please ask your training administrator.",
        attempt.left,
    )
    _refuse(request, sentence % {"left": attempt.left})


def _refuse(request: HttpRequest | None, sentence: str) -> NoReturn:
    """Leave the sentence where the form finds it, and let no other backend be asked."""
    if request is not None:
        request.login_refusal = sentence  # type: ignore[attr-defined]
    raise LoginRefused(sentence)
