"""Lidian's own settings for processes under test: the clock can be moved, and static files need no build."""

from lms.settings import *  # noqa: F403
from lms.settings import DATA_DIR

TEST_CLOCK = DATA_DIR / "clock"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
