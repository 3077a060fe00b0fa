"""The review gets a second step. The step there was is the first one, and reviews that run go on from it."""

from typing import Any

from django.conf import settings
from django.db import migrations, models
from django.utils import translation
from django.utils.translation import gettext


def add_second_step(apps: Any, schema_editor: Any) -> None:
    """Only where there is a workflow already; a new installation makes both steps after migrating."""
    tasks = apps.get_model("cms", "ReviewTask").objects
    steps = apps.get_model("wagtailcore", "WorkflowTask").objects
    first = tasks.filter(step="subject").order_by("pk").first()
    if first is None or tasks.filter(step="compliance").exists():
        return
    with translation.override(settings.LANGUAGE_CODE):
        first.name = gettext("Subject review")
        first.save(update_fields=["name"])
        second = tasks.create(
            name=gettext("Compliance review"), step="compliance", active=True, content_type_id=first.content_type_id
        )
    group, _new = apps.get_model("auth", "Group").objects.get_or_create(name="compliance")
    second.groups.add(group)
    for place in steps.filter(task=first.task_ptr_id):
        steps.create(workflow_id=place.workflow_id, task_id=second.task_ptr_id, sort_order=(place.sort_order or 0) + 1)


class Migration(migrations.Migration):

    dependencies = [
        ("cms", "0002_initial"),
        ("people", "0004_compliance_role"),
        ("wagtailcore", "0098_apitoken"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        migrations.AddField(
            model_name="coauthor",
            name="removed_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="reviewtask",
            name="step",
            field=models.CharField(
                choices=[("subject", "Subject review"), ("compliance", "Compliance review")],
                default="subject",
                max_length=12,
            ),
        ),
        migrations.RunPython(add_second_step, migrations.RunPython.noop),
    ]
