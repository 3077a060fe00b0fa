"""Lidian's settings with the bare views beside it; static files need no build."""

from lms.settings import *  # noqa: F403
from lms.settings import DATA_DIR, MIDDLEWARE

ROOT_URLCONF = "benchmarks.urls"
WSGI_APPLICATION = "benchmarks.wsgi.application"
BARE_PREFIX = "/bare/"
BARE_MIDDLEWARE = [
    name
    for name in MIDDLEWARE
    if name.endswith(("SessionMiddleware", "CsrfViewMiddleware", "AuthenticationMiddleware"))
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
STATIC_ROOT = DATA_DIR / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
ALLAUTH_TRUSTED_PROXY_COUNT = 1  # each client has an address of its own: the limit per address is not what we measure
