"""Where somebody works now, to be kept with what happens now."""

from collections.abc import Iterable
from typing import Any, TypedDict

from django.db.models import F, FilteredRelation, Q, QuerySet

from lms.kernel.prepared import OneOf, Prepared
from lms.people.models import OrgUnit, Person, Position, PostAssignment
from lms.records.models import Enrolment


class Snapshot(TypedDict):
    """Arguments for any fact that is an `AsOfThen`."""

    unit: OrgUnit | None
    position: Position | None
    employment: str


def snapshot(person: Person) -> Snapshot:
    """Unit, position and employment of today, in one statement."""
    return snapshots([person])[person.pk]


def snapshots(people: Iterable[Person]) -> dict[int, Snapshot]:
    """The same for many people by id, in one statement."""
    known = {person.pk: person for person in people}
    by_person = {post.person_id: post for post in _POSTS.all(people=known)}
    return {
        pk: Snapshot(
            unit=by_person[pk].unit if pk in by_person else None,
            position=by_person[pk].position if pk in by_person else None,
            employment=person.employment,
        )
        for pk, person in known.items()
    }


_POSTS = Prepared(
    lambda: PostAssignment.objects.current().filter(OneOf("person", "people")).select_related("unit", "position")
)


def with_post_now(enrolments: QuerySet[Enrolment, Any]) -> QuerySet[Enrolment, Any]:
    """Adds `post_unit`, `post_position` and `post_employment` of today, so that a hot path saves a statement."""
    current = FilteredRelation("person__posts", condition=Q(person__posts__ends_on=None))
    return enrolments.annotate(_post=current).annotate(
        post_unit=F("_post__unit"), post_position=F("_post__position"), post_employment=F("person__employment")
    )
