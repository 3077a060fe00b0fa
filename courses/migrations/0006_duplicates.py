"""A press on "duplicate" makes one copy. And courses published from a page read before its lessons came know them."""

from typing import Any

from django.db import migrations, models


def count_lessons(apps: Any, schema_editor: Any) -> None:
    pages = apps.get_model("wagtailcore", "Page").objects
    for course in pages.filter(content_type__app_label="courses", content_type__model="coursepage"):
        count = pages.filter(depth=course.depth + 1, path__startswith=course.path).count()
        pages.filter(pk=course.pk).exclude(numchild=count).update(numchild=count)


class Migration(migrations.Migration):

    dependencies = [
        ("courses", "0005_course_import"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [
        migrations.AddField(
            model_name="coursepage",
            name="copy_key",
            field=models.CharField(editable=False, max_length=64, null=True, unique=True),
        ),
        migrations.RunPython(count_lessons, migrations.RunPython.noop),
    ]
