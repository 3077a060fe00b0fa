"""What every request of a person passes through."""

from collections.abc import Callable
from functools import cache
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils import translation
from django.utils.cache import patch_vary_headers

from lms.people.login import wants_json

Responder = Callable[[HttpRequest], HttpResponse]

# Where somebody with a one-time password may still go.
OPEN_WHILE_CHANGING = frozenset({"account_change_password", "account_logout", "account_relogin", "set_language"})


def language(get_response: Responder) -> Responder:
    """The language the person chose, else Chinese: a borrowed phone's own language decides nothing."""
    known = dict(settings.LANGUAGES)

    def respond(request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        with translation.override(chosen if chosen in known else settings.LANGUAGE_CODE):
            request.LANGUAGE_CODE = translation.get_language()
            response = get_response(request)
            response.headers.setdefault("Content-Language", request.LANGUAGE_CODE or settings.LANGUAGE_CODE)
            patch_vary_headers(response, ["Cookie"])
        return response

    return respond


def account_state(get_response: Responder) -> Responder:
    """A one-time password opens nothing but its own change; personal answers are stored by nobody on the way."""

    def respond(request: HttpRequest) -> HttpResponse:
        user = request.user
        if user.is_authenticated and user.must_change_password and request.path not in _free():
            response = _ask_to_change(request)
        else:
            response = get_response(request)
        if user.is_authenticated:
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    return respond


@cache
def _free() -> frozenset[str]:
    return frozenset(reverse(name) for name in OPEN_WHILE_CHANGING)


def _ask_to_change(request: HttpRequest) -> HttpResponse:
    if wants_json(request):
        return JsonResponse({"error": "change_password"}, status=403)
    query = urlencode({"next": request.get_full_path()}) if request.method == "GET" else ""
    return HttpResponseRedirect(f"{reverse('account_change_password')}?{query}")
