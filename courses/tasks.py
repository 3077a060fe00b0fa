"""Background work of courses."""

from celery import shared_task
from django.core.management import call_command

from courses import actions
from courses.imports import uploads
from lms.kernel import clock


@shared_task
def publish_scheduled() -> None:
    """Publish and withdraw the pages whose time has come."""
    call_command("publish_scheduled", verbosity=0)


@shared_task
def forget_imports() -> None:
    """Throw away what was sent for a preview and not confirmed, or confirmed long ago."""
    at = clock.now()
    uploads.forget_old(at=at)
    actions.forget_imports(before=at - 2 * uploads.KEPT)
