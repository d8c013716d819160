"""
The accounts of the project that users sign in to.
"""

from collections.abc import Sequence
from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models
from django.db.migrations.operations.base import Operation


class Migration(migrations.Migration):
    """
    Creates the table.
    """

    dependencies: ClassVar[Sequence[tuple[str, str]]] = [
        ("winbooks_identity", "0001_first"),
    ]

    operations: ClassVar[Sequence[Operation]] = [
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
