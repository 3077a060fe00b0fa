"""Tables, a unit, an exam and people who sit it, in an empty database."""

from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from lms.kernel import clock
from lms.people import actions
from lms.people.enums import UnitKind
from tests.journeys.exam_room import make_takers, open_exam
from tests.takers import Taker


def create_tables() -> None:
    """From the models, which is quick; the book of migrations says what it says everywhere else."""
    own, settings.MIGRATION_MODULES = settings.MIGRATION_MODULES, {app.label: None for app in apps.get_app_configs()}
    call_command("migrate", run_syncdb=True, verbosity=0)
    settings.MIGRATION_MODULES = own
    recorder = MigrationRecorder(connection)
    recorder.ensure_schema()
    recorder.migration_qs.bulk_create(
        recorder.Migration(app=app, name=name) for app, name in MigrationLoader(None).disk_migrations
    )


def exam_and_takers(url: str, *, questions: int, count: int) -> tuple[UUID, list[Taker]]:
    at = clock.now()
    unit = actions.place_unit(code="FT", name="演练班", kind=UnitKind.TEAM, parent=None, by=None, at=at)
    exam = open_exam(unit, at, questions=questions)
    exam.pass_score = 20  # who guesses passes or not
    exam.save(update_fields=["pass_score"])
    return exam.uuid, make_takers(exam, unit, url, at, count=count)
