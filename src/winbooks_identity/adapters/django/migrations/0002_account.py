"""
The accounts of the project that users sign in to.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """
    Creates the table.
    """

    dependencies = [
        ("winbooks_identity", "0001_first"),
    ]

    operations = [
        migrations.CreateModel(
            name="Account",
            fields=[
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        serialize=False,
                        to="winbooks_identity.user",
                    ),
                ),
                ("account", models.TextField(unique=True)),
            ],
            options={
                "abstract": False,
            },
        ),
    ]
