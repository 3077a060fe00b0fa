"""Cookies that open what a browser keeps for the person who is logged in; they go when somebody logs in or out."""

from typing import Final

from django.http import HttpRequest, HttpResponse

PREFIX: Final = "own-"


def drop(request: HttpRequest, response: HttpResponse) -> None:
    for name in request.COOKIES:
        if name.startswith(PREFIX):
            response.delete_cookie(name, samesite="Strict")
