"""The web application granian serves. It refuses to start where answers could be lost or accounts are open."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.db import connection

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lms.settings")
application = get_wsgi_application()

from lms.portal.checks import refuse_to_start  # noqa: E402 - needs the apps

refuse_to_start()
connection.close()
gc.collect()
gc.freeze()  # what is loaded by now stays: no collection walks through it again
