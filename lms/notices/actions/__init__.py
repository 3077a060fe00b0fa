"""What one can do with notices: send one, mark as read, send the e-mails that are due."""

from lms.notices.actions.mail import send_due_mail
from lms.notices.actions.read import mark_read, mark_settled
from lms.notices.actions.send import send

__all__ = ["mark_read", "mark_settled", "send", "send_due_mail"]
