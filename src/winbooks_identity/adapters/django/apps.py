"""
What is the app called, in ``INSTALLED_APPS`` and in the names of its tables?
"""

from importlib import import_module
from typing import Any, final

from django.apps import AppConfig


__all__ = ["WinBooksIdentityConfig"]


@final
class WinBooksIdentityConfig(AppConfig):
    """
    The users of the Portal in a project's own database.

    Its name is in ``INSTALLED_APPS``; forms and fields work without.
    """

    name = "winbooks_identity.adapters.django"
    label = "winbooks_identity"
    verbose_name: Any = "WinBooks ID"

    def ready(self) -> None:
        """
        Let ``manage.py check`` look at the settings, and links go with their accounts.
        """
        import_module(f"{self.name}.checks")
        import_module(f"{self.name}.account_links").watch_accounts()
