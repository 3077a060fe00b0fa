"""Doors of one's own account: logging in again in place, logging out, language and text size."""

from typing import Final
from uuid import UUID

from allauth.account.views import LogoutView, PasswordChangeView
from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from lms.kernel import clock
from lms.people import actions, data_saver, own_cookies
from lms.people.forms import LoginForm
from lms.people.login import is_local_path, login_required, remember_language
from lms.people.models import Person

FORGET_WITHIN: Final = 24 * 3600  # seconds; the next page obeys, usually at once


class LogOut(LogoutView):
    """Log out, and let the browser drop what it stored for this person (shared phones).

    The header works over TLS only; the cookie is read by `js/forget.js` on the next page.
    """

    def post(self, *args: object, **kwargs: object) -> HttpResponse:
        response: HttpResponse = super().post(*args, **kwargs)
        own_cookies.drop(self.request, response)
        response["Clear-Site-Data"] = '"storage"'
        response.set_cookie("forget", "1", max_age=FORGET_WITHIN, secure=settings.SECURE, samesite="Lax")
        return response


class ChangePassword(PasswordChangeView):
    """Allauth's page, without its way out to a page for accounts that have no password: none is mounted here."""

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        answer: HttpResponseBase = super(PasswordChangeView, self).dispatch(request, *args, **kwargs)
        return answer


change_password = sensitive_post_parameters("oldpassword", "password1", "password2")(
    login_required(ChangePassword.as_view())
)


@sensitive_post_parameters("password")
@never_cache
@require_POST
def relogin(request: HttpRequest) -> JsonResponse:
    """Log in again without leaving the page: `login`, `password`, and the uuid of the person the page is for.

    200 `{csrf}` carries the new token; 400 `{error}` a sentence. Anybody else than `expected` is refused, so that
    nobody continues somebody else's lesson or exam.
    """
    form = LoginForm(request.POST, request=request)
    if not form.is_valid():
        return JsonResponse({"error": _first_error(form)}, status=400)
    if form.user.uuid != _expected(request):
        return JsonResponse({"error": _("This page belongs to somebody else. Please log out first.")}, status=400)
    form.login(request)
    return JsonResponse({"csrf": get_token(request)})


@require_POST
@login_required
def preferences(request: HttpRequest) -> HttpResponse:
    """Language, 大字版, and whether this device saves data; goes back to where the switch was."""
    assert isinstance(request.user, Person)
    large_text = request.POST.get("large_text")
    actions.set_preferences(
        person=request.user,
        language=request.POST.get("language"),
        large_text=None if large_text is None else large_text == "on",
        by=request.user,
        at=clock.now(),
    )
    response = _back(request)
    if "data_saver" in request.POST:
        data_saver.remember(response, on=request.POST["data_saver"] == "on")
    return response


@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """The language of the page: a cookie for everybody, kept with the person who is logged in."""
    language = request.POST.get("language", "")
    response = _back(request)
    if language in dict(settings.LANGUAGES):
        remember_language(response, language)
        if isinstance(request.user, Person):
            actions.set_preferences(person=request.user, language=language, by=request.user, at=clock.now())
    return response


def _back(request: HttpRequest) -> HttpResponse:
    url = request.POST.get(REDIRECT_FIELD_NAME, "")
    return HttpResponseRedirect(url if is_local_path(url) else resolve_url("/"))


def _expected(request: HttpRequest) -> UUID | None:
    try:
        return UUID(request.POST.get("expected") or request.GET.get("expected") or "")
    except ValueError:
        return None


def _first_error(form: LoginForm) -> str:
    errors = [error for field in form.errors.values() for error in field]
    return str(errors[0])
