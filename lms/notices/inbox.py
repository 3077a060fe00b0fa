"""What an inbox can be narrowed to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.db.models import Count, Q
from django.utils.translation import gettext, gettext_noop

from lms.notices.models import Notice
from lms.people.models import Person

UNREAD: Final = "unread"
_TOPICS: Final[Mapping[str, tuple[str, Sequence[str]]]] = {
    "courses": (gettext_noop("Courses"), ("assigned", "reminder", "course_completed")),
    "exams": (
        gettext_noop("Exams"),
        (
            "exam_seated",
            "exam_unseated",
            "exam_invigilates",
            "session_moved",
            "session_cancelled",
            "deferral_asked",
            "deferral_decided",
            "make_up_listed",
            "exam_score",
            "appeal_sent",
            "appeal_answered",
        ),
    ),
    "certificates": (gettext_noop("Certificates"), ("certificate_issued", "certificate_held")),
    "news": (gettext_noop("News and policies"), ("must_sign", "sign_reminder")),
    "reviews": (gettext_noop("Reviews"), ("review_requested", "review_approved", "review_rejected")),
    "account": (gettext_noop("Account"), ("password_issued", "password_changed", "login_locked")),
}


@dataclass(frozen=True)
class Choice:
    """One way to narrow the inbox: the value in the address, its word, and how many notices it leaves."""

    key: str
    label: str
    count: int


@dataclass(frozen=True)
class Choices:
    """Everything this person's inbox can be narrowed to; `unread` of `total` are unread."""

    total: int
    unread: int
    all: list[Choice]

    def chosen(self, key: str) -> str:
        """The key if it is on offer, else "": nothing left out."""
        return key if any(choice.key == key for choice in self.all) else ""


def choices(person: Person) -> Choices:
    """One statement. Topics nobody wrote this person about are left out."""
    rows = Notice.objects.filter(person=person).order_by().values_list("kind")
    counted = list(rows.annotate(n=Count("pk"), fresh=Count("pk", filter=Q(read_at=None))))
    total, unread = sum(row[1] for row in counted), sum(row[2] for row in counted)
    topics = [
        Choice(key, gettext(label), sum(row[1] for row in counted if row[0] in kinds))
        for key, (label, kinds) in _TOPICS.items()
    ]
    shown = [Choice("", gettext("All"), total), Choice(UNREAD, gettext("Unread"), unread)]
    return Choices(total, unread, [*shown, *(topic for topic in topics if topic.count)])


def matching(key: str) -> Q:
    """The notices a choice leaves."""
    if key == UNREAD:
        return Q(read_at=None)
    return Q(kind__in=_TOPICS[key][1]) if key else Q()
