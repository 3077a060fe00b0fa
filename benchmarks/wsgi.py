"""The platform as it is, and in the same processes a second Django handler with only what bare views need."""

import gc
import os
from collections.abc import Callable, Iterable
from typing import Any

import django
from django.core.handlers.wsgi import WSGIHandler
from django.test.utils import override_settings

from benchmarks.settings import BARE_MIDDLEWARE, BARE_PREFIX


class BareHandler(WSGIHandler):
    """Django with sessions, CSRF and authentication, and nothing around them."""

    def load_middleware(self, is_async: bool = False) -> None:
        with override_settings(MIDDLEWARE=BARE_MIDDLEWARE):
            super().load_middleware(is_async)


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "benchmarks.settings")
django.setup()
full, bare = WSGIHandler(), BareHandler()
gc.collect()
gc.freeze()  # as lms.wsgi does


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    handler = bare if environ["PATH_INFO"].startswith(BARE_PREFIX) else full
    return handler(environ, start_response)
