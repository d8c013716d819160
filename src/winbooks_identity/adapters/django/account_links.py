"""
What becomes of a user's link to an account of the project when the account goes?

A database may give the key of a deleted row to a new one, and the account that has it
then is someone else's.
"""

from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import transaction
from django.db.models import Model, QuerySet
from django.db.models.signals import post_delete

from . import models
from .configuration import Configuration


__all__ = ["links", "watch_accounts"]


def links() -> QuerySet[models.Account]:
    """
    Return which account each user signs in to.
    """
    return QuerySet(models.Account, using=Configuration.read().database)


def watch_accounts() -> None:
    """
    Let the link go with the account, in the transaction that deletes it or after it.

    A project without accounts has no links.
    """
    if not apps.is_installed("django.contrib.auth"):
        return
    accounts = apps.get_model(settings.AUTH_USER_MODEL)
    for model in apps.get_models():
        # Deleted by a proxy, an account is one of the proxy's class.
        if model._meta.concrete_model is accounts._meta.concrete_model:  # noqa: SLF001  Django's place for it.
            post_delete.connect(
                _forget, sender=model, dispatch_uid="winbooks_identity.account_links"
            )


def _forget(*, instance: Model, using: str, **_: Any) -> None:
    gone = links().filter(account=str(instance.pk))
    if gone.db == using:
        gone.delete()
    else:
        # In another database, what is undone here would be lost there.
        transaction.on_commit(gone.delete, using=using)
