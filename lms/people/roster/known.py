"""The people, posts, units and positions of the system, read once."""

from django.db.models import QuerySet

from lms.people.models import OrgUnit, Person, Position, PostAssignment


class Known:
    def __init__(self, within: QuerySet[OrgUnit]) -> None:
        self.units = {unit.code.upper(): unit for unit in within}
        self.positions = {position.code.upper(): position for position in Position.objects.all()}
        self.people: dict[str, Person] = {person.staff_no.upper(): person for person in Person.objects.all()}
        current = PostAssignment.objects.current().select_related("unit", "position")
        self.posts = {post.person_id: post for post in current}
        self.bare = {number.lstrip("0"): person for number, person in self.people.items()}
        self.pads = any(number.startswith("0") for number in self.people)
        self.namesakes = {(person.name, person.phone): person for person in self.people.values() if person.phone}

    def reaches(self, person: Person) -> bool:
        """Whether the person works inside the units one may import for; who has no post belongs to nobody."""
        post = self.posts.get(person.pk)
        return post is None or post.unit.code.upper() in self.units
