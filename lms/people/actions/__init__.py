"""What one can do to people: give and end posts, handle accounts, grant roles, read a roster."""

from lms.people.actions.accounts import (
    ONE_TIME_LIFE,
    change_password,
    deactivate,
    end_sessions,
    issue_password,
    reactivate,
    unlock,
)
from lms.people.actions.confirmed import apply_confirmed, confirm_roster
from lms.people.actions.posts import join, leave, move
from lms.people.actions.preferences import set_preferences
from lms.people.actions.roles import expire_grants, grant_role, revoke_role
from lms.people.actions.roster import Stale, compare_again, decide_roster, import_roster, read_roster
from lms.people.actions.units import place_unit

__all__ = [
    "ONE_TIME_LIFE",
    "Stale",
    "apply_confirmed",
    "change_password",
    "compare_again",
    "confirm_roster",
    "deactivate",
    "decide_roster",
    "end_sessions",
    "expire_grants",
    "grant_role",
    "import_roster",
    "issue_password",
    "join",
    "leave",
    "move",
    "place_unit",
    "reactivate",
    "read_roster",
    "revoke_role",
    "set_preferences",
    "unlock",
]
