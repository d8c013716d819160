"""
The tables of the first version.
"""

from collections.abc import Sequence
from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models
from django.db.migrations.operations.base import Operation


class Migration(migrations.Migration):
    """
    Creates every table.
    """

    initial: ClassVar[bool | None] = True

    dependencies: ClassVar[Sequence[tuple[str, str]]] = []

    operations: ClassVar[Sequence[Operation]] = [
        migrations.CreateModel(
            name="AttemptCount",
            fields=[
                (
                    "counter",
                    models.CharField(max_length=64, primary_key=True, serialize=False),
                ),
                ("attempts", models.PositiveIntegerField()),
                ("ends_at", models.DateTimeField(db_index=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="User",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("winbooks_id", models.TextField()),
                ("licence", models.TextField()),
                ("level", models.TextField()),
                ("status", models.TextField()),
                ("credential_source", models.TextField()),
                ("first_name", models.TextField()),
                ("last_name", models.TextField()),
                ("company_name", models.TextField()),
                ("language", models.TextField()),
                ("phone", models.TextField(null=True)),
                ("dossiers", models.JSONField()),
                ("roles", models.JSONField()),
                ("notify_all_dossiers", models.BooleanField()),
                ("pending_id", models.TextField(null=True)),
                ("pending_until", models.DateTimeField(null=True)),
                ("external_id", models.TextField(null=True)),
                ("deactivated_by_feed", models.BooleanField()),
                ("address_proven", models.BooleanField()),
                ("version", models.PositiveIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="Dossier",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "licence",
                        "number",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("licence", models.TextField()),
                ("number", models.TextField()),
                ("name", models.TextField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Event",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "user_id",
                        "version",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("user_id", models.UUIDField()),
                ("version", models.PositiveIntegerField()),
                ("licence", models.TextField()),
                ("step", models.TextField()),
                ("by", models.TextField()),
                ("operator", models.TextField(null=True)),
                ("at", models.DateTimeField()),
                ("changes", models.JSONField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="FailedAttempt",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("user_id", models.UUIDField(db_index=True, null=True)),
                ("door", models.TextField()),
                ("source", models.TextField(null=True)),
                ("at", models.DateTimeField(db_index=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Home",
            fields=[
                (
                    "id",
                    models.PositiveIntegerField(primary_key=True, serialize=False),
                ),
                ("system_identifier", models.TextField(null=True)),
                ("database_oid", models.TextField(null=True)),
                ("table_oid", models.TextField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Licence",
            fields=[
                ("number", models.TextField(primary_key=True, serialize=False)),
                ("product", models.TextField()),
                ("holder", models.TextField()),
                ("language", models.TextField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="LinkRequest",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("asked_at", models.DateTimeField()),
                ("sealed", models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name="Login",
            fields=[
                ("key", models.TextField(primary_key=True, serialize=False)),
                ("user_id", models.UUIDField(db_index=True)),
                ("left_at", models.DateTimeField(null=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="OutboxMail",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("kind", models.TextField()),
                ("message_id", models.TextField()),
                ("sender", models.TextField()),
                ("recipient", models.TextField()),
                ("sealed", models.BinaryField()),
                ("created_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("state", models.TextField()),
                ("due_at", models.DateTimeField()),
                ("attempts", models.PositiveIntegerField()),
                ("lease", models.UUIDField(null=True)),
                ("reason", models.TextField(null=True)),
                ("done_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="ProductLink",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "licence",
                        "product",
                        "place",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("licence", models.TextField()),
                ("product", models.TextField()),
                ("place", models.TextField()),
                ("windows_user", models.TextField(null=True)),
                ("user_id", models.UUIDField(db_index=True)),
                ("winbooks_id", models.TextField()),
                ("linked_at", models.DateTimeField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Request",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("user_id", models.UUIDField(db_index=True)),
                ("digest", models.BinaryField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Credential",
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
                ("password_hash", models.TextField()),
                ("policy", models.TextField()),
                ("must_change", models.BooleanField()),
                ("expires_at", models.DateTimeField(null=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddIndex(
            model_name="user",
            index=models.Index(
                fields=["licence", "id"], name="winbooks_id_licence_dceacb_idx"
            ),
        ),
        migrations.AddIndex(
            model_name="linkrequest",
            index=models.Index(
                fields=["asked_at", "id"], name="winbooks_id_asked_a_4322bc_idx"
            ),
        ),
        migrations.AddField(
            model_name="outboxmail",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, to="winbooks_identity.user"
            ),
        ),
        migrations.AddIndex(
            model_name="outboxmail",
            index=models.Index(
                fields=["state", "due_at"], name="winbooks_id_state_71937c_idx"
            ),
        ),
        migrations.AddIndex(
            model_name="outboxmail",
            index=models.Index(
                fields=["state", "done_at"], name="winbooks_identity_mails_done"
            ),
        ),
        migrations.AddConstraint(
            model_name="outboxmail",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["waiting", "dead"]),
                    models.Q(("recipient", ""), ("sealed", b"")),
                    _connector="OR",
                ),
                name="winbooks_identity_content_is_erased",
            ),
        ),
        migrations.AddConstraint(
            model_name="home",
            constraint=models.CheckConstraint(
                condition=models.Q(("id", 1)),
                name="winbooks_identity_home_is_one",
            ),
        ),
    ]
