"""Modules get a key that lessons name them by. Until now lessons named the title, so the title of today is the key."""

from typing import Any

from django.db import migrations, models


def name_by_title(apps: Any, schema_editor: Any) -> None:
    """Rows, and the modules inside the drafts of courses; lessons stay as they are."""
    apps.get_model("courses", "CourseModule").objects.filter(key="").update(key=models.F("title"))
    revisions = apps.get_model("wagtailcore", "Revision").objects
    drafts = revisions.filter(content_type__app_label="courses", content_type__model="coursepage")
    for draft in drafts.iterator(chunk_size=100):
        for module in draft.content.get("modules", []):
            module["key"] = module.get("key") or module["title"]
        draft.save(update_fields=["content"])


class Migration(migrations.Migration):

    dependencies = [
        ("courses", "0002_initial"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [
        migrations.AddField(
            model_name="coursemodule",
            name="key",
            field=models.CharField(blank=True, default="", max_length=255),
            preserve_default=False,
        ),
        migrations.RunPython(name_by_title, migrations.RunPython.noop),
    ]
