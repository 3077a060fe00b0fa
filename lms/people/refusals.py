"""Why a verb did not do what was asked, as a sentence for the person who asked."""

from django.utils.translation import gettext as _


class Refused(Exception):
    """A rule forbids it. `str()` is a sentence in the reader's language that says who can, or what to do."""

    reason = ""


REASONS = {
    "own": lambda: _("You cannot do this for your own account. Please ask another administrator."),
    "auditor": lambda: _("A system administrator cannot handle an auditor's account. A training administrator can."),
    "system_admin": lambda: _("Only another system administrator can handle a system administrator's account."),
    "own_role": lambda: _("Nobody can give or take own roles. Please ask another system administrator."),
    "number": lambda: _("A staff number consists of letters and digits, at most 32."),
    "demo_password": lambda: _("The password of the demo accounts cannot be used."),
    "starts_before": lambda: _("The new post cannot start before the present one."),
    "ends_before": lambda: _("The post cannot end before it started."),
    "unit_code": lambda: _("A unit code consists of capital letters, digits and hyphens, at most 32."),
    "unit_inside_itself": lambda: _("A unit cannot be placed under itself."),
    "roster_applied": lambda: _("This roster has already been applied."),
    "roster_stale": lambda: _(
        "People have changed since the preview. Nothing was applied; please check the differences again."
    ),
    "roster_failed": lambda: _("The roster could not be applied, and nothing was changed. Please try again later."),
    "ends_at_past": lambda: _("The end of a role must lie in the future."),
}


def refused(reason: str) -> Refused:
    refusal = Refused(REASONS[reason]())
    refusal.reason = reason
    return refusal
