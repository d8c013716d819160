"""
What does an app of a project keep of users?
"""

from typing import Any, ClassVar

from django.contrib.auth.models import User
from django.db import models

from winbooks_identity import Level
from winbooks_identity.adapters.django import model_fields


class Keyed(models.Model):
    """
    What the tables of a project have in common.
    """

    winbooks_id = model_fields.WinBooksIdField("WinBooks ID", unique=True)

    class Meta:
        """
        What Django has to know besides.
        """

        abstract = True


class Colleague(User):
    """
    The accounts, as the project speaks of them.
    """

    class Meta:
        """
        What Django has to know besides.
        """

        app_label: ClassVar[str] = "auth"  # No table needs a migration.
        proxy: ClassVar[bool] = True


class Contract(Keyed):
    """
    A table that refers to users.
    """

    level = model_fields.LevelField(default=Level.USER)
    language = model_fields.LanguageField(blank=True)
    first_name = model_fields.PersonNameField()
    company_name = model_fields.CompanyNameField(blank=True)
    phone: Any = model_fields.PhoneField(null=True, blank=True)

    class Meta:
        """
        What Django has to know besides.
        """

        ordering: ClassVar[list[str]] = ["winbooks_id"]

    def __str__(self) -> str:
        return f"Contract {self.pk}"
