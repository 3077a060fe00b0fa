"""Persons, the organisation tree, posts, roles and what guards the log-in."""

from lms.people.models.login import AddressLoginCount, LoginFailure
from lms.people.models.organisation import OrgUnit, Position, PositionTag, PostAssignment
from lms.people.models.person import Person
from lms.people.models.roles import RoleGrant
from lms.people.models.roster import RosterImport

__all__ = [
    "AddressLoginCount",
    "LoginFailure",
    "OrgUnit",
    "Person",
    "Position",
    "PositionTag",
    "PostAssignment",
    "RoleGrant",
    "RosterImport",
]
