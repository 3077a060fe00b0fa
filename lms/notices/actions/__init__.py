"""What one can do with notices: send one, mark as read, send the e-mails that are due."""

from lms.notices.actions.mail import send_due_mail
from lms.notices.actions.read import mark_read
from lms.notices.actions.send import send

__all__ = ["mark_read", "send", "send_due_mail"]
