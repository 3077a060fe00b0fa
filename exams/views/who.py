"""Who asks."""

from django.http import HttpRequest

from lms.people.models import Person


def person_of(request: HttpRequest) -> Person:
    """The logged-in person; call it behind `login_required` or `access.required` only."""
    assert isinstance(request.user, Person)
    return request.user
