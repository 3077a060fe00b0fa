"""Sessions in the database, as Django keeps them, read by a statement that is built once."""

from typing import Any

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.models import Session
from django.db.models import CharField

from lms.kernel.prepared import Now, Parameter, Prepared

_VALID = Prepared(
    lambda: Session.objects.filter(session_key=Parameter("key", CharField()), expire_date__gt=Now()).order_by()
)


class SessionStore(DatabaseStore):
    """Every request of a person loads its session here."""

    def _get_session_from_db(self) -> Any:
        session = _VALID.first(key=self.session_key)
        if session is None:
            self._session_key = None
        return session
