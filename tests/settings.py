"""Lidian's settings for tests: real databases, no waiting, no network.

`TEST_DATABASE_URL` and `TEST_REDIS_URL` choose PostgreSQL and Redis; without them everything runs on SQLite.
"""

import os
import tempfile
from pathlib import Path

_scratch = Path(tempfile.mkdtemp(prefix="lidian-tests-"))
(_scratch / "static").mkdir()  # whitenoise warns when it is not there, and warnings are errors
os.environ["LIDIAN_DATA"] = str(_scratch)
os.environ["DATABASE_URL"] = os.environ.get("TEST_DATABASE_URL") or f"sqlite:///{_scratch / 'lidian.sqlite3'}"
os.environ["CACHE_URL"] = os.environ.get("TEST_REDIS_URL") or "locmemcache://"
os.environ["SECRET_KEY"] = "only-for-tests-" + "x" * 50
os.environ["LIDIAN_DEMO"] = "1"

from lms.settings import *  # noqa: E402, F403
from lms.settings import CACHES, DATABASES  # noqa: E402

TEST_CLOCK = _scratch / "clock"
ALLOWED_HOSTS = ["*"]
DATABASES["default"]["TEST"] = {"NAME": None, "MIGRATE": False}  # from the models; journeys migrate for real
if "sqlite" in DATABASES["default"]["ENGINE"]:
    DATABASES["default"]["TEST"]["NAME"] = str(_scratch / "test.sqlite3")
else:
    DATABASES["default"]["OPTIONS"].pop("pool", None)  # threads of a test give their connections back at once
    DATABASES["default"]["OPTIONS"]["application_name"] = f"pytest {os.getpid()}"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CELERY_BROKER_URL = "memory://"
CACHES["default"]["KEY_PREFIX"] = _scratch.name  # processes share one Redis, and each has a database of its own
