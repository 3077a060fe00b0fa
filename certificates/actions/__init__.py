"""What one can do with certificates."""

from certificates.actions.hold import hold, try_again
from certificates.actions.issue import issue
from certificates.actions.render import claim_next, render, render_pending
from certificates.actions.revoke import revoke
from certificates.actions.template import place_template

__all__ = ["claim_next", "hold", "issue", "place_template", "render", "render_pending", "revoke", "try_again"]
