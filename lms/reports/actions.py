"""What one can do with one's saved filters."""

from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from lms.people.models import Person
from lms.reports.models import SavedFilter

MOST: Final = 20
LONGEST: Final = 40


class RefusedFilter(Exception):
    """The filter cannot be kept; `str()` says why, to the person who asked."""


@transaction.atomic
def save_filter(*, name: str, view: str, query: str, by: Person, at: datetime) -> SavedFilter:
    """Keep a way back under a name; the same name again replaces what it led to. Raises RefusedFilter."""
    name = " ".join(name.replace("\0", "").split())
    if not name:
        raise RefusedFilter(_("Please give the filter a name."))
    if len(name) > LONGEST:
        raise RefusedFilter(_("The name has more than %(n)s characters. Please shorten it.") % {"n": LONGEST})
    mine = SavedFilter.objects.filter(person=by)
    if mine.exclude(name=name).count() >= MOST:
        raise RefusedFilter(_("You have %(n)s filters already. Please delete one first.") % {"n": MOST})
    facts = {"view": view, "query": query, "saved_at": at}
    return SavedFilter.objects.update_or_create(person=by, name=name, defaults=facts)[0]


def delete_filter(*, uuid: UUID, by: Person) -> bool:
    """Whether there was one of theirs."""
    return SavedFilter.objects.filter(person=by, uuid=uuid).delete()[0] > 0
