"""The Celery application. The broker may lose everything: every piece of work is a row first (decision 9)."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lms.settings")
# `migrate` has made Django's checks, and a worker that died is needed soon.
os.environ.setdefault("CELERY_SKIP_CHECKS", "1")

app = Celery("lidian")
app.config_from_object("lms.queue")
app.autodiscover_tasks()
