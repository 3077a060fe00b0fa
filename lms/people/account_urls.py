"""Addresses of the account pages: the few of allauth's that exist here, under allauth's own names.

Everything else allauth offers (sign-up, e-mail, reset, re-authentication) is not mounted and answers 404.
"""

from allauth.account import views as allauth
from django.urls import path
from django.views.decorators.http import require_http_methods
from django.views.generic import RedirectView

from lms.people.views import account

form = require_http_methods(["GET", "HEAD", "POST"])
urlpatterns = [
    path("accounts/login/", form(allauth.login), name="account_login"),
    path("accounts/logout/", form(account.LogOut.as_view()), name="account_logout"),
    path("accounts/password/change/", form(account.change_password), name="account_change_password"),
    path("accounts/relogin/", account.relogin, name="account_relogin"),
    path("accounts/preferences/", account.preferences, name="account_preferences"),
    path("lang/", account.set_language, name="set_language"),
    path("cms/login/", RedirectView.as_view(pattern_name="account_login", query_string=True)),
    path("cms/logout/", RedirectView.as_view(pattern_name="account_logout")),
]
