"""What one can do to the journal: write an entry, deliver what is pending, show that a process lives."""

from lms.journal.actions.deliver import deliver, take_along
from lms.journal.actions.pulse import pulse
from lms.journal.actions.write import write

__all__ = ["deliver", "pulse", "take_along", "write"]
