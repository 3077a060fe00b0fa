"""What happened to an account, told to its owner: who did not do it learns that somebody did."""

from datetime import datetime
from typing import Final

from lms.journal.models import Entry
from lms.notices import actions
from lms.people.models import Person

KINDS: Final = {
    "password-issued": "password_issued",
    "password-changed": "password_changed",
    "login-locked": "login_locked",
}


def tell_owner(entry: Entry, *, at: datetime) -> None:
    """A notice and an e-mail for one entry; a lock of a number that nobody has concerns nobody."""
    owner = Person.objects.filter(pk=entry.about_person).first()
    if owner is not None:
        actions.send(
            KINDS[entry.kind],
            to=owner,
            context={"happened_at": entry.occurred_at.isoformat()},
            key=f"{entry.kind}:{entry.pk}",
            at=at,
        )
