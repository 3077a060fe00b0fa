"""For whose posts a course is: on its page, where trainers choose, and on the course, where learners find it."""

import modelcluster.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("courses", "0003_coursemodule_key"),
        ("people", "0002_roles_epoch"),
    ]

    operations = [
        migrations.AddField(
            model_name="course",
            name="position_tags",
            field=models.ManyToManyField(
                blank=True, related_name="courses", to="people.positiontag", verbose_name="for which posts"
            ),
        ),
        migrations.AddField(
            model_name="coursepage",
            name="position_tags",
            field=modelcluster.fields.ParentalManyToManyField(
                blank=True,
                help_text="Whose post has one of these finds the course first. None: the course is for everybody.",
                related_name="+",
                to="people.positiontag",
                verbose_name="for which posts",
            ),
        ),
    ]
